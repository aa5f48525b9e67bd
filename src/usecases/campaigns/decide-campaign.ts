import { whyNotCounted } from '../../domain/campaign';
import type { Ports } from '../ports';
import { approvalOf } from './approval';
import { approvalKey, moveBy, release } from './control-campaign';
import { campaignKey } from './create-campaign';

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
  if (post?.kind !== 'approval') return null;
  // Asked before the transaction: Slack may take its time, and everything else would wait.
  const { reviewers } = await ports.directory.roles();
  const at = ports.clock.now();
  const answer = await ports.store.transaction(async (tx) => {
    const campaign = await tx.campaigns.byId(post.ref);
    if (!campaign) return null;
    const decision = change.kind === 'approve' ? 'APPROVE' : 'REJECT';
    const subject = campaignKey(campaign.id);
    const record = { at, actor: change.user, subject, campaignId: campaign.id };
    if (change.removed) {
      await tx.campaigns.withdraw(campaign.id, { userId: change.user, decision, at });
      await tx.audit.append({ ...record, action: `campaign.withdraw_${change.kind}` });
    } else {
      const why = whyNotCounted(
        { user: change.user, kind: change.kind },
        { requestedBy: campaign.requestedBy, reviewers },
      );
      if (why !== undefined) return campaign.state === 'AWAITING_APPROVAL' ? why : null;
      await tx.campaigns.decide({
        campaignId: campaign.id,
        userId: change.user,
        decision,
        contentHash: campaign.contentHash,
        at,
      });
      await tx.audit.append({ ...record, action: `campaign.${change.kind}` });
    }
    await tx.posts.touch(approvalKey(campaign.id));
    const status = await approvalOf(ports, tx, campaign);
    const context = { campaign, actor: change.user, at };
    if (campaign.state === 'AWAITING_APPROVAL' && status === 'approved') await release(tx, context);
    if (campaign.state === 'AWAITING_APPROVAL' && status === 'rejected') {
      await moveBy(tx, { ...context, event: 'reject' });
      await tx.campaigns.cancelQueued(campaign.id, at);
      await askWhy(ports, tx, { campaignId: campaign.id, user: change.user, at });
    }
    if (campaign.state === 'SCHEDULED' && status !== 'approved') await moveBy(tx, { ...context, event: 'withdraw' });
    return null;
  });
  ports.wake.posts();
  ports.wake.dispatch();
  return answer;
}

async function askWhy(
  ports: Ports,
  tx: Parameters<typeof approvalOf>[1],
  { campaignId, user, at }: { campaignId: number; user: string; at: Date },
): Promise<void> {
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

/** Reactions that were made while the app was down count when it is back. */
export async function catchUpReactions(ports: Ports): Promise<void> {
  for (const { id } of await ports.store.campaigns.inState(['AWAITING_APPROVAL', 'SCHEDULED'])) {
    const post = await ports.store.posts.byKey(approvalKey(id));
    if (!post?.ts) continue;
    const { channel, ts } = post;
    const standing = await ports.room.reactions({ channel, ts });
    for (const { user, kind } of standing) await decideByReaction(ports, { channel, ts, user, kind, removed: false });
    for (const { userId, decision } of await ports.store.campaigns.approvals(id)) {
      const kind = decision === 'APPROVE' ? 'approve' : 'reject';
      const stands = standing.some((reaction) => reaction.user === userId && reaction.kind === kind);
      if (!stands) await decideByReaction(ports, { channel, ts, user: userId, kind, removed: true });
    }
  }
}
