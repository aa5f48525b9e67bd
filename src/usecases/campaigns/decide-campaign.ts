import { whyNotCounted } from '../../domain/campaign';
import { whyTooLate } from '../../domain/too-late';
import { WindowWatch } from '../../domain/window-watch';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { approvalOf } from './approval';
import { approvalKey, moveBy, release } from './control-campaign';
import { catchUpReviews, reviewByReaction } from '../templates/review-template';
import { campaignKey } from './campaign-key';
import { catchUpRejectReasons } from './reject-reason';
import { tellRequester } from './tell-requester';
import { waitsUntil } from './waits-until';
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
    if (noted === 'counted') await follow({ ports, tx, at }, campaign, change.user);
    return noted === 'counted' || noted === 'known' ? null : noted.why;
  });
  ports.wake.posts();
  ports.wake.dispatch();
  return why;
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

/** What follows from where the approval stands now. */
async function follow({ ports, tx, at }: Context, campaign: Campaign, actor: string): Promise<void> {
  await tx.posts.touch(approvalKey(campaign.id));
  const status = await approvalOf(ports, tx, campaign);
  const context = { ports, tx, at };
  if (campaign.state === 'SCHEDULED' && status !== 'approved') {
    await withdraw(context, campaign, actor);
    if (status === 'rejected') await reject(context, { ...campaign, state: 'AWAITING_APPROVAL' }, actor);
    return;
  }
  if (campaign.state !== 'AWAITING_APPROVAL') return;
  if (status === 'approved') await approve(context, campaign, actor);
  if (status === 'rejected') await reject(context, campaign, actor);
}

/** Approved while texting is closed everywhere, it is scheduled for the opening: until then the ✅ can be taken back. */
async function approve({ ports, tx, at }: Context, campaign: Campaign, actor: string): Promise<void> {
  const windows = new WindowWatch(ports.clinic.textingHours.current);
  const isDue = campaign.startAt === null || campaign.startAt <= at;
  const opening = isDue ? await waitsUntil({ store: tx, clock: ports.clock }, windows, campaign) : null;
  if (opening !== null) await tx.campaigns.setStart(campaign.id, opening);
  const now = await release(tx, { campaign: { ...campaign, startAt: opening ?? campaign.startAt }, actor, at });
  const by = (await tx.campaigns.approvals(campaign.id)).map(({ userId }) => `<@${userId}>`).join(' and ');
  const then = now === 'started' ? 'it is being sent now.' : 'it starts by itself at its time.';
  await tellRequester(tx, campaign, {
    key: `approved:${at.getTime()}`,
    at,
    body: `✅ your send was approved by ${by}: ${then}`,
  });
}

async function withdraw({ tx, at }: Context, campaign: Campaign, actor: string): Promise<void> {
  await moveBy(tx, { campaign, event: 'withdraw', actor, at });
  const body = `↩️ <@${actor}> took the approval of your send back: it waits for approval again, and nothing is sent.`;
  await tellRequester(tx, campaign, { key: `withdrawn:${at.getTime()}`, at, body });
}

async function reject({ ports, tx, at }: Context, campaign: Campaign, actor: string): Promise<void> {
  await moveBy(tx, { campaign, event: 'reject', actor, at });
  await tx.campaigns.cancelQueued(campaign.id, at);
  await askWhy({ ports, tx, at }, campaign.id, actor);
  const body = `❌ <@${actor}> rejected your send, and nothing is sent. They are asked why; you will read it here.`;
  await tellRequester(tx, campaign, { key: 'rejected', at, body });
}

interface Context {
  readonly ports: Ports;
  readonly tx: Tx;
  readonly at: Date;
}

async function askWhy({ ports, tx, at }: Context, campaignId: number, user: string): Promise<void> {
  await tx.posts.want(
    {
      key: `why:${campaignId}`,
      kind: 'note',
      ref: campaignId,
      channel: ports.clinic.channels.approvals,
      threadOf: approvalKey(campaignId),
      body: `<@${user}> rejected this send. Please write here why, so that the sender can mend it.`,
      priority: 4,
    },
    at,
  );
}

/** A reaction can be faster than the note of where our card was posted: look again for a moment. */
async function findPost(ports: Ports, { channel, ts }: ReactionChange) {
  for (let tries = 0; ; tries += 1) {
    const post = await ports.store.posts.at(channel, ts);
    if (post || tries >= 4 || channel !== ports.clinic.channels.approvals) return post;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Reactions that were made while the app was down count when it is back; so do the reasons of those who rejected. */
export async function catchUpReactions(ports: Ports): Promise<void> {
  await catchUpReviews(ports);
  for (const { id } of await ports.store.campaigns.inState(['AWAITING_APPROVAL', 'SCHEDULED'])) {
    await catchUpReactionsOf(ports, id);
  }
  await catchUpRejectReasons(ports);
}

/** Makes what stands on the card what counts. Throws when Slack does not answer. */
export async function catchUpReactionsOf(ports: Ports, campaignId: number): Promise<void> {
  const post = await ports.store.posts.byKey(approvalKey(campaignId));
  if (!post?.ts) return;
  const { channel, ts } = post;
  const standing = await ports.room.reactions({ channel, ts });
  // What was taken back goes first: of two reviewers one may have handed over to the other.
  for (const { userId, decision } of await ports.store.campaigns.approvals(campaignId)) {
    const kind = decision === 'APPROVE' ? 'approve' : 'reject';
    const stands = standing.some((reaction) => reaction.user === userId && reaction.kind === kind);
    if (!stands) await decideByReaction(ports, { channel, ts, user: userId, kind, removed: true });
  }
  for (const { user, kind } of standing) await decideByReaction(ports, { channel, ts, user, kind, removed: false });
}
