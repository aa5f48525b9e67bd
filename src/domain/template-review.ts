/** Where a version of a template stands with the reviewers. */
export type ReviewState = 'waiting' | 'approved' | 'rejected';

export const reviewState = (version: {
  readonly approvedBy: string | null;
  readonly rejectedBy: string | null;
}): ReviewState => {
  if (version.rejectedBy !== null) return 'rejected';
  return version.approvedBy === null ? 'waiting' : 'approved';
};

/** Two pairs of eyes: who wrote a version cannot approve it, whatever their roles; and one ❌ outweighs any ✅. Undefined when the decision counts. */
export const whyReviewNotCounted = ({
  isReviewer,
  isAuthor,
  isRejected,
}: {
  readonly isReviewer: boolean;
  readonly isAuthor: boolean;
  /** Another reviewer's ❌ stands, and this is a ✅. */
  readonly isRejected: boolean;
}): string | undefined => {
  if (!isReviewer)
    return 'Only reviewers decide on templates, so yours does not count. Ask an admin to add you to REVIEWERS.';
  if (isAuthor) return 'You wrote this version, so yours does not count. Another reviewer has to decide.';
  if (isRejected)
    return 'Another reviewer rejected this version, so your ✅ does not count. They can take their ❌ back, or the template is edited.';
  return undefined;
};
