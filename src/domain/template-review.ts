/** Where a version of a template stands with the reviewers. */
export type ReviewState = 'waiting' | 'approved' | 'rejected';

export const reviewState = (version: {
  readonly approvedBy: string | null;
  readonly rejectedBy: string | null;
}): ReviewState => {
  if (version.rejectedBy !== null) return 'rejected';
  return version.approvedBy === null ? 'waiting' : 'approved';
};

/** Two pairs of eyes: who wrote a version cannot approve it, whatever their roles. Undefined when the decision counts. */
export const whyReviewNotCounted = ({
  isReviewer,
  isAuthor,
}: {
  readonly isReviewer: boolean;
  readonly isAuthor: boolean;
}): string | undefined => {
  if (!isReviewer)
    return 'Only reviewers decide on templates, so yours does not count. Ask an admin to add you to REVIEWERS.';
  if (isAuthor) return 'You wrote this version, so yours does not count. Another reviewer has to decide.';
  return undefined;
};
