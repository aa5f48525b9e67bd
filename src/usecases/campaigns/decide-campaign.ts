import { whyNotCounted } from '../../domain/campaign';
import { whyTooLate } from '../../domain/too-late';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { MOVED_REQUEST, requestOf, standingOn } from '../posts/requests';
import { showDeletedAgain } from '../posts/waiting-requests';
import { reviewByReaction } from '../templates/review-template';
import { campaignKey } from './campaign-key';
import { approvalKey } from './control-campaign';
import { followDecision } from './follow-decision';
import { CHANGED, holdsToWhatWasShown } from './void-approval';

export interface ReactionChange {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly kind: 'approve' | 'reject';
  readonly removed: boolean;
}

/**
 * A ✅ or ❌ was put on an approval card, or taken back. Idempotent: what counts is what stands there.
 * @returns a sentence for the one who reacted when it does not count; null otherwise
 */
export async function decideByReaction(ports: Ports, change: ReactionChange): Promise<string | null> {
  const post = await findPost(ports, change);
  if (post?.kind === MOVED_REQUEST) return decideOnFormer(ports, post, change);
  if (post?.kind === 'template_review') return reviewByReaction(ports, { ...change, versionId: post.ref });
  if (post?.kind !== 'approval') return null;
  // Asked before the transaction: Slack may take its time, and everything else would wait.
  const { reviewers } = await ports.directory.roles();
  if (mayRelease(change, reviewers) && !(await holdsToWhatWasShown(ports, post.ref))) return CHANGED;
  const at = ports.clock.now();
  const why = await ports.store.transaction(async (tx) => {
    const campaign = await tx.campaigns.byId(post.ref);
    if (!campaign) return null;
    const noted = await note(tx, { campaign, change, reviewers, at });
    if (noted === 'counted') await followDecision({ ports, tx, at }, campaign, change.user);
    return noted === 'counted' || noted === 'known' ? null : noted.why;
  });
  ports.wake.posts();
  ports.wake.dispatch();
  return why;
}

/** What was decided there before it went on elsewhere can be taken back there; everything else is decided on the new card. */
async function decideOnFormer(
  ports: Ports,
  post: { readonly key: string; readonly ref: number; readonly body: string | null },
  { removed }: ReactionChange,
): Promise<string | null> {
  if (!removed) return `This request goes on in <#${post.body ?? ''}>. React there: here it does not count.`;
  if (requestOf(post) === 'approval') await catchUpReactionsOf(ports, post.ref);
  return null;
}

/** Read through only for those whose ✅ can count: of a large send it takes a second. */
const mayRelease = ({ user, kind, removed }: ReactionChange, reviewers: ReadonlySet<string>): boolean =>
  kind === 'approve' && !removed && reviewers.has(user);

type Campaign = NonNullable<Awaited<ReturnType<Tx['campaigns']['byId']>>>;

interface Noting {
  readonly campaign: Campaign;
  readonly change: ReactionChange;
  readonly reviewers: ReadonlySet<string>;
  readonly at: Date;
}

/** Writes the reaction down, bound to the content that the card shows. */
async function note(
  tx: Tx,
  { campaign, change, reviewers, at }: Noting,
): Promise<'counted' | 'known' | { readonly why: string }> {
  const { id, requestedBy, contentHash } = campaign;
  const { user, kind, removed } = change;
  const decision = kind === 'approve' ? 'APPROVE' : 'REJECT';
  const stands = (await tx.campaigns.approvals(id)).some(
    (known) => known.userId === user && known.decision === decision && known.contentHash === contentHash,
  );
  if (stands === !removed) return 'known';
  const late = whyTooLate(campaign.state, { kind, removed });
  if (late !== undefined) return { why: late };
  const record = { at, actor: user, subject: campaignKey(id), campaignId: id };
  if (removed) {
    await tx.campaigns.withdraw(id, { userId: user, decision, at });
    await tx.audit.append({ ...record, action: `campaign.withdraw_${kind}` });
    return 'counted';
  }
  const why = whyNotCounted({ user, kind }, { requestedBy, reviewers });
  if (why !== undefined) return { why };
  await tx.campaigns.decide({ campaignId: id, userId: user, decision, contentHash, at });
  await tx.audit.append({ ...record, action: `campaign.${kind}`, detail: { contentHash } });
  return 'counted';
}

/** A reaction can be faster than the note of where our card was posted: look again for a moment. */
async function findPost(ports: Ports, { channel, ts }: ReactionChange) {
  for (let tries = 0; ; tries += 1) {
    const post = await ports.store.posts.at(channel, ts);
    if (post || tries >= 4 || channel !== ports.clinic.channels.approvals) return post;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Makes what stands on the card what counts. Throws when Slack does not answer. */
export async function catchUpReactionsOf(ports: Ports, campaignId: number): Promise<void> {
  const standing = await standingOn(ports, approvalKey(campaignId));
  if (standing === 'deleted') return showDeletedAgain(ports, { kind: 'approval', ref: campaignId });
  if (standing === null) return;
  const { channel, ts, onCard, holds } = standing;
  // What was taken back goes first: of two reviewers one may have handed over to the other.
  for (const { userId: user, decision, at } of await ports.store.campaigns.approvals(campaignId)) {
    const kind = decision === 'APPROVE' ? 'approve' : 'reject';
    if (!holds({ user, kind }, at)) await decideByReaction(ports, { channel, ts, user, kind, removed: true });
  }
  for (const { user, kind } of onCard) await decideByReaction(ports, { channel, ts, user, kind, removed: false });
}
