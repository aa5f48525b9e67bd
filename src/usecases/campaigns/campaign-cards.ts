import { formatInTimeZone } from 'date-fns-tz';
import { capacityOf } from '../../domain/capacity';
import type { ApprovalCard, CampaignCard, CampaignCounts } from '../../domain/cards/card';
import { skipsInWords } from '../../domain/skip-reasons';
import { explainError } from '../../domain/twilio-errors';
import { WindowWatch } from '../../domain/window-watch';
import type { Ports } from '../ports';
import { campaignFacts } from './campaign-facts';
import { endingOf } from './plan-campaign';
import { draftFacts } from './draft-facts';
import { sendingStopped } from './stop-all';
import { waitsUntil } from './waits-until';

const DAY_MS = 86_400_000;

export async function campaignCard(ports: Ports, campaignId: number): Promise<CampaignCard | null> {
  const { store } = ports;
  const facts = await campaignFacts(ports, campaignId);
  const campaign = await store.campaigns.byId(campaignId);
  if (!facts || !campaign) return null;
  const replies = await store.campaigns.replies(campaignId);
  const countOf = (replyClass: string): number =>
    replies.filter((row) => row.replyClass === replyClass).reduce((sum, { count }) => sum + count, 0);
  const counts = countsOf(await store.campaigns.counts(campaignId));
  return {
    ...facts,
    kind: 'campaign',
    state: campaign.state,
    ...(await draftFacts(ports, campaign)),
    counts,
    skips: skipsInWords(await store.outcomes.skips(campaignId)),
    pace: campaign.state === 'RUNNING' ? campaign.pace : null,
    ending: campaign.state === 'RUNNING' ? await endingOf(ports, campaign, facts.segments) : null,
    answers: replies.flatMap(({ replyClass, answer, count }) =>
      replyClass === 'expected' && answer !== null ? [{ label: answer, count }] : [],
    ),
    urgent: countOf('urgent'),
    unexpected: countOf('unexpected'),
    optOuts: countOf('opt_out'),
    pausedReason: campaign.pausedReason,
    rejected: rejectedOf(campaign),
    stopped: await sendingStopped(store),
    waitsUntil: await waitsUntil(ports, new WindowWatch(ports.clinic.textingHours.current), campaign),
    problems: (await store.campaigns.failures(campaignId)).map(({ code, count }) => ({
      sentence: `${explainError(code).sentence} (Twilio ${code})`,
      count,
    })),
  };
}

export async function approvalCard(ports: Ports, campaignId: number): Promise<ApprovalCard | null> {
  const facts = await campaignFacts(ports, campaignId);
  const campaign = await ports.store.campaigns.byId(campaignId);
  if (!facts || !campaign) return null;
  const approvals = await ports.store.campaigns.approvals(campaignId);
  const { reviewers } = await ports.directory.roles();
  return {
    ...facts,
    kind: 'approval',
    state: campaign.state,
    counts: countsOf(await ports.store.campaigns.counts(campaignId)),
    decisions: approvals.map(({ userId, decision, at, contentHash }) => ({
      user: userId,
      decision,
      at,
      counts: reviewers.has(userId) && contentHash === campaign.contentHash,
    })),
    rejected: rejectedOf(campaign),
    capacity: facts.approvalsNeeded >= 2 && campaign.state === 'AWAITING_APPROVAL' ? capacityNow(ports, facts) : null,
  };
}

function capacityNow({ clinic }: Ports, { segments, plan }: Pick<ApprovalCard, 'segments' | 'plan'>) {
  const dayOf = (at: Date): number => Date.parse(formatInTimeZone(at, clinic.timeZone, 'yyyy-MM-dd')) / DAY_MS;
  return capacityOf({ segments, rate: clinic.rate, places: plan, dayOf });
}

const rejectedOf = ({ rejectedBy, rejectedWhy }: { rejectedBy: string | null; rejectedWhy: string | null }) =>
  rejectedBy === null ? null : { by: rejectedBy, why: rejectedWhy };

export function countsOf(counts: ReadonlyMap<string, number>): CampaignCounts {
  const of = (state: string): number => counts.get(state) ?? 0;
  return {
    queued: of('QUEUED'),
    sending: of('SENDING'),
    uncertain: of('UNCERTAIN'),
    submitted: of('SUBMITTED'),
    delivered: of('DELIVERED'),
    undelivered: of('UNDELIVERED'),
    failed: of('FAILED'),
    skipped: of('SKIPPED'),
    canceled: of('CANCELED'),
    expired: of('EXPIRED'),
  };
}
