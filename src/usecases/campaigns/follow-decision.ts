import { WindowWatch } from '../../domain/window-watch';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { approvalOf } from './approval';
import { approvalKey, moveBy, release } from './control-campaign';
import { tellRequester } from './tell-requester';
import { waitsUntil } from './waits-until';

type Campaign = NonNullable<Awaited<ReturnType<Tx['campaigns']['byId']>>>;

/** What follows from where the approval stands now. */
export async function followDecision({ ports, tx, at }: Context, campaign: Campaign, actor: string): Promise<void> {
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
