import type { SummaryCard } from '../../domain/cards/summary-card';
import type { Ports } from '../ports';
import { campaignCard } from './campaign-cards';
import { campaignKey } from './campaign-key';

const STEPS = 60;
/** What carriers have not confirmed by then they mostly never do, in ms. */
const CONFIRMED_AFTER_MS = 15 * 60_000;

interface Ended {
  readonly id: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Once nothing more is to be heard of a send that has ended, its summary goes into the thread of its card, once. */
export async function postSummary(ports: Ports, ended: Ended, counts: ReadonlyMap<string, number>): Promise<void> {
  const { store, clock, wake } = ports;
  const of = (...states: string[]): number => states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  if (ended.startedAt === null || ended.finishedAt === null) return;
  const at = clock.now();
  const isQuiet = of('SUBMITTED') === 0 || at.getTime() - ended.finishedAt.getTime() > CONFIRMED_AFTER_MS;
  if (!isQuiet || of('SUBMITTED', 'DELIVERED', 'UNDELIVERED', 'FAILED') === 0) return;
  const key = `summary:${ended.id}`;
  const card = await store.posts.byKey(campaignKey(ended.id));
  if (!card || (await store.posts.byKey(key))) return;
  const { channel } = card;
  const threadOf = campaignKey(ended.id);
  await store.posts.want({ key, kind: 'summary', ref: ended.id, channel, threadOf, priority: 6 }, at);
  wake.posts();
}

export async function summaryCard(ports: Ports, campaignId: number): Promise<SummaryCard | null> {
  const card = await campaignCard(ports, campaignId);
  const campaign = await ports.store.campaigns.byId(campaignId);
  if (!card || !campaign?.startedAt) return null;
  const from = campaign.startedAt;
  const to = (await ports.store.outcomes.lastSettledAt(campaignId)) ?? campaign.finishedAt ?? from;
  const { templateName, recipients, counts, skips, answers, urgent, unexpected, optOuts, timeZone } = card;
  const delivered = await ports.store.outcomes.deliveredOverTime(campaignId, { from, to, steps: STEPS });
  return {
    kind: 'summary',
    ...{ campaignId, templateName, recipients, counts, skips, answers, urgent, unexpected, optOuts, timeZone },
    ...{ from, to, delivered },
  };
}
