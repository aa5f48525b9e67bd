import type { Ports } from '../ports';
import type { StaffMessage } from '../staff-message';
import { approvalKey } from './control-campaign';
import { campaignKey } from './campaign-key';
import { tellRequester } from './tell-requester';

const LONGEST_REASON = 1_000;
/** Threads of rejected sends are read again for so long, in ms. */
const LOOK_BACK_MS = 3 * 24 * 3_600_000;

/** What the reviewer who rejected a send writes in the thread of its request is the reason; the requester is told. */
export async function noteRejectReason(ports: Ports, { channel, threadTs, user, text }: StaffMessage): Promise<void> {
  const post = await ports.store.posts.at(channel, threadTs);
  if (post?.kind !== 'approval' || text.trim() === '') return;
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const campaign = await tx.campaigns.byId(post.ref);
    if (campaign?.state !== 'REJECTED' || campaign.rejectedBy !== user || campaign.rejectedWhy !== null) return;
    const why = text.trim().slice(0, LONGEST_REASON);
    await tx.campaigns.noteRejectReason(campaign.id, why);
    const subject = campaignKey(campaign.id);
    await tx.audit.append({ at, actor: user, action: 'campaign.reject_reason', subject, campaignId: campaign.id });
    await tx.posts.touch(subject);
    await tx.posts.touch(approvalKey(campaign.id));
    await tellRequester(tx, campaign, { key: 'reason', at, body: `<@${user}> says why it was rejected: “${why}”` });
  });
  ports.wake.posts();
}

/** Reasons that were written while the app was down. */
export async function catchUpRejectReasons(ports: Ports): Promise<void> {
  const since = new Date(ports.clock.now().getTime() - LOOK_BACK_MS);
  for (const { id, rejectedBy } of await ports.store.campaigns.rejectedWithoutReason(since)) {
    const post = await ports.store.posts.byKey(approvalKey(id));
    if (!post?.ts) continue;
    const messages = await ports.room.threadMessages({ channel: post.channel, threadTs: post.ts }, post.ts);
    const answer = messages?.find(({ user }) => user === rejectedBy);
    if (answer) await noteRejectReason(ports, answer);
  }
}
