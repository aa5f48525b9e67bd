import type { TemplateReviewCard } from '../../domain/cards/template-cards';
import { AppError } from '../../domain/errors';
import { can } from '../../domain/permissions';
import { reviewState, whyReviewNotCounted } from '../../domain/template-review';
import type { Tx } from '../../store/store';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { showRequest, standingOn } from '../posts/requests';
import { showDeletedAgain } from '../posts/waiting-requests';
import { cardKey } from './post-template-card';
import { reviewKey, reviewRequest } from './review-request';
import { changesSince } from './template-history';

/** Shows a version in the approvals channel. Asked for again, the same card is brought up to date. */
export async function askForReview(ports: Pick<Ports, 'clinic' | 'clock'>, tx: Tx, versionId: number): Promise<void> {
  await showRequest(tx, reviewRequest(ports, versionId), ports.clock.now());
}

/** For versions that were saved before reviews were asked for. @throws AppError FORBIDDEN */
export async function requestReview(
  ports: Ports,
  { versionId, actor }: { versionId: number; actor: string },
): Promise<void> {
  await requireRight(ports, actor, 'templates.write');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const { templateId } = await tx.templates.version(versionId);
    await askForReview(ports, tx, versionId);
    const record = { at, actor, action: 'template.ask_for_review', subject: `template:${templateId}` };
    await tx.audit.append({ ...record, detail: { versionId } });
  });
  ports.wake.posts();
}

export interface ReviewDecision {
  readonly versionId: number;
  readonly user: string;
  readonly kind: 'approve' | 'reject';
  /** A reaction was taken back. */
  readonly removed: boolean;
  readonly by: 'reaction' | 'button';
}

/**
 * A reviewer's ✅ or ❌ on a version, by reaction or by button. Idempotent: what counts is what stands there.
 * @returns a sentence for the one who decided when it does not count; null otherwise
 */
export async function decideTemplate(ports: Ports, decision: ReviewDecision): Promise<string | null> {
  const { versionId, user, kind, removed } = decision;
  const roles = await ports.directory.roles();
  const at = ports.clock.now();
  const why = await ports.store.transaction(async (tx) => {
    const { approvedBy, rejectedBy, createdBy, templateId } = await tx.templates.version(versionId);
    const standing = kind === 'approve' ? approvedBy : rejectedBy;
    const isReviewer = can(user, 'templates.approve', roles);
    if (removed ? standing !== user : standing !== null) return null;
    const isRejected = kind === 'approve' && rejectedBy !== null && rejectedBy !== user;
    const refused = removed ? undefined : whyReviewNotCounted({ isReviewer, isAuthor: user === createdBy, isRejected });
    if (refused !== undefined) return refused;
    const by = removed ? null : user;
    await tx.templates.decide(versionId, {
      approvedBy: kind === 'approve' ? by : null,
      rejectedBy: kind === 'reject' ? by : null,
      byReaction: !removed && decision.by === 'reaction',
      at,
    });
    const action = removed ? `template.withdraw_${kind}` : `template.${kind}`;
    await tx.audit.append({ at, actor: user, action, subject: `template:${templateId}`, detail: { versionId } });
    await tx.posts.touch(reviewKey(versionId));
    await tx.posts.touch(cardKey(versionId));
    if (kind === 'reject' && !removed) await askWhy(ports, tx, { versionId, user, at });
    return null;
  });
  ports.wake.posts();
  return why;
}

/** The same by a button: whoever may not hears why. @throws AppError REVIEW_NOT_COUNTED */
export async function decideTemplateByButton(
  ports: Ports,
  decision: Omit<ReviewDecision, 'removed' | 'by'>,
): Promise<void> {
  const why = await decideTemplate(ports, { ...decision, removed: false, by: 'button' });
  if (why !== null) throw new AppError('REVIEW_NOT_COUNTED', { message: 'a review does not count', userMessage: why });
}

async function askWhy(
  ports: Ports,
  tx: Tx,
  { versionId, user, at }: { versionId: number; user: string; at: Date },
): Promise<void> {
  await tx.posts.want(
    {
      key: `template-why:${versionId}`,
      kind: 'note',
      ref: versionId,
      channel: ports.clinic.channels.approvals,
      threadOf: reviewKey(versionId),
      body: `<@${user}> rejected this template. Please write here why, so that it can be mended.`,
      priority: 4,
    },
    at,
  );
}

/** Cards that are read again after the app was down, newest first: all that wait, and the few that were decided last. */
const MOST_WAITING = 100;
const MOST_DECIDED = 20;

/** Reactions that were made while the app was down count when it is back, and those that were taken back do not. */
export async function catchUpReviews(ports: Ports): Promise<void> {
  if (!ports.clinic.templateReview) return;
  let decided = 0;
  for (const { ref: versionId } of await ports.store.posts.newestOfKind('template_review', MOST_WAITING)) {
    const { approvedBy, rejectedBy, byReaction } = await ports.store.templates.version(versionId);
    const isDecided = approvedBy !== null || rejectedBy !== null;
    if (isDecided && (byReaction !== true || (decided += 1) > MOST_DECIDED)) continue;
    await catchUpReview(ports, versionId);
  }
}

/** Makes what stands on the card what counts. What was taken back goes first: reviewers may have handed over. */
async function catchUpReview(ports: Ports, versionId: number): Promise<void> {
  const standing = await standingOn(ports, reviewKey(versionId));
  if (standing === 'deleted') return showDeletedAgain(ports, { kind: 'template_review', ref: versionId });
  if (standing === null) return;
  const { approvedBy, rejectedBy, approvedAt, rejectedAt, byReaction } = await ports.store.templates.version(versionId);
  const user = approvedBy ?? rejectedBy;
  const kind = approvedBy === null ? 'reject' : 'approve';
  if (user !== null && byReaction === true && !standing.holds({ user, kind }, approvedAt ?? rejectedAt ?? new Date(0)))
    await decideTemplate(ports, { versionId, user, kind, removed: true, by: 'reaction' });
  // ❌ outweighs: it is looked at first.
  const rejectsFirst = [...standing.onCard].sort(
    (one, other) => Number(other.kind === 'reject') - Number(one.kind === 'reject'),
  );
  for (const reaction of rejectsFirst)
    await decideTemplate(ports, { versionId, ...reaction, removed: false, by: 'reaction' });
}

/**
 * A ✅ or ❌ that was put on a version's card, or taken back; what stands there besides may count now.
 * @returns as {@link decideTemplate}
 */
export async function reviewByReaction(
  ports: Ports,
  change: Pick<ReviewDecision, 'versionId' | 'user' | 'kind' | 'removed'>,
): Promise<string | null> {
  const why = await decideTemplate(ports, { ...change, by: 'reaction' });
  if (change.removed) await catchUpReview(ports, change.versionId);
  return why;
}

/** Everything that a reviewer needs to decide on a version. */
export async function templateReviewCard({ store }: Ports, versionId: number): Promise<TemplateReviewCard> {
  const version = await store.templates.version(versionId);
  const approved = (await store.templates.versions(version.templateId, 50)).find(
    ({ number, approvedAt }) => number < version.number && approvedAt !== null,
  );
  return {
    kind: 'template_review',
    versionId,
    name: version.template.name,
    version: version.number,
    createdBy: version.createdBy,
    variants: version.variants.map(({ language, text }) => ({ language, text })),
    replies: version.replies.map(({ label, autoAnswer }) => ({ label, autoAnswer })),
    comparedWith: approved?.number ?? null,
    changes: approved ? changesSince(approved, version) : [],
    state: reviewState(version),
    decidedBy: version.approvedBy ?? version.rejectedBy,
  };
}
