import { type CampaignEvent, transition } from '../../domain/campaign';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../store/store';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { campaignKey } from './campaign-key';

export const approvalKey = (campaignId: number): string => `approval:${campaignId}`;

type Campaign = NonNullable<Awaited<ReturnType<Tx['campaigns']['byId']>>>;

/** Approved, or too small to need it: it starts, or waits for its time. */
export async function release(
  tx: Tx,
  { campaign, actor, at }: { campaign: Campaign; actor: string; at: Date },
): Promise<'scheduled' | 'started'> {
  const later = campaign.startAt !== null && campaign.startAt > at;
  await moveBy(tx, { campaign, event: later ? 'schedule' : 'start', actor, at, approval: 'approved' });
  return later ? 'scheduled' : 'started';
}

interface Move {
  readonly campaign: Pick<Campaign, 'id' | 'state'>;
  readonly event: CampaignEvent;
  readonly actor: string;
  readonly at: Date;
  readonly approval?: 'approved';
  readonly pausedReason?: string | null;
}

/** One step of the state machine, recorded. Two people at once: the second is told what the first did. */
export async function moveBy(tx: Tx, { campaign, event, actor, at, approval, pausedReason }: Move): Promise<void> {
  const to = transition(campaign.state, event, approval);
  const moved = await tx.campaigns.move(campaign.id, {
    from: campaign.state,
    to,
    ...(event === 'start' ? { startedAt: at } : {}),
    ...(event === 'ask_for_approval' || event === 'withdraw' ? { submittedAt: at, remindedAt: null } : {}),
    ...(event === 'reject' ? { rejectedBy: actor } : {}),
    // Whoever resumes it has seen what it was paused for.
    ...(event === 'resume' ? { guardedFrom: at } : {}),
    ...(event === 'finish' || event === 'cancel' ? { finishedAt: at } : {}),
    ...(pausedReason === undefined ? {} : { pausedReason }),
  });
  if (!moved) {
    throw new AppError('CAMPAIGN_WRONG_STATE', {
      message: `campaign ${campaign.id} has moved on meanwhile`,
      userMessage: 'Somebody else was faster: look at the card again.',
    });
  }
  const detail = { before: { state: campaign.state }, after: { state: to } };
  await tx.audit.append({
    at,
    actor,
    action: `campaign.${event}`,
    subject: campaignKey(campaign.id),
    campaignId: campaign.id,
    detail,
  });
  await tx.posts.touch(campaignKey(campaign.id));
  await tx.posts.touch(approvalKey(campaign.id));
}

export interface Controlled {
  /** Texts taken out of the queue, by `cancel`. */
  readonly canceled: number;
  /** Texts that Twilio or a carrier has, or is being given: what no carrier has yet is called back (recall-unsent.ts). */
  readonly underWay: number;
}

/**
 * Pause, Resume, Cancel. What was handed to Twilio before stays on its way until Twilio gives it back.
 * @throws AppError FORBIDDEN, NOT_FOUND, CAMPAIGN_WRONG_STATE
 */
export async function controlCampaign(
  ports: Ports,
  { campaignId, event, actor }: { campaignId: number; event: 'pause' | 'resume' | 'cancel'; actor: string },
): Promise<Controlled> {
  await requireRight(ports, actor, 'campaigns.control');
  const at = ports.clock.now();
  const controlled = await ports.store.transaction(async (tx) => {
    const campaign = await tx.campaigns.byId(campaignId);
    if (!campaign) throw notFound('send', campaignId);
    await moveBy(tx, { campaign, event, actor, at, pausedReason: null });
    const canceled = event === 'cancel' ? await tx.campaigns.cancelQueued(campaignId, at) : 0;
    const counts = await tx.campaigns.counts(campaignId);
    const underWay = ['SUBMITTED', 'SENDING', 'UNCERTAIN'].reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
    return { canceled, underWay };
  });
  ports.wake.posts();
  ports.wake.dispatch();
  return controlled;
}
