import type { KnownBlock } from '@slack/types';
import type { CampaignCounts, CampaignFacts, Stopped } from '../../domain/cards/card';
import { context, quote } from './elements';
import { count, duration, money, name, plural, user, when } from './words';

/** What the campaign's card, the approval card and lists say alike of a send. */

/** “180 patients” with the verb: `would get`, `get`. */
export const patientsGet = (recipients: number, verb: 'would get' | 'get'): string => {
  if (recipients === 0) return verb === 'get' ? 'Nobody gets' : `Nobody ${verb}`;
  return `${plural(recipients, 'patient')} ${verb === 'get' && recipients === 1 ? 'gets' : verb}`;
};

export const audienceLine = ({ audience }: CampaignFacts): string =>
  audience.trim() === '' ? '' : `To: ${name(audience, 300)}`;

export const leftOutLine = ({ excluded }: CampaignFacts): string => {
  const all = excluded.reduce((sum, { count: some }) => sum + some, 0);
  if (all === 0) return 'Nobody is left out.';
  const reasons = excluded.slice(0, 10).map((one) => `${name(one.reason, 100)} (${count(one.count)})`);
  return `${count(all)} left out: ${reasons.join(', ')}`;
};

export const effortLine = ({ segments, cost, minutes }: CampaignFacts): string =>
  [segments > 0 ? plural(segments, 'segment') : '', cost > 0 ? `about ${money(cost)}` : '', duration(minutes)]
    .filter(Boolean)
    .join('  ·  ');

export const startLine = ({ startAt, timeZone }: CampaignFacts): string =>
  startAt === null ? '' : `Starts ${when(startAt, timeZone)}`;

export const askedBy = ({ requestedBy }: CampaignFacts): KnownBlock => context(`Asked for by ${user(requestedBy)}`);

const MOST_SAMPLES = 3;

/** Real texts, as they would be on the phone. */
export const sampleBlocks = ({ samples }: CampaignFacts): KnownBlock[] =>
  samples.slice(0, MOST_SAMPLES).flatMap(({ who, text }) => [context(`As ${name(who)} would get it`), quote(text)]);

export const allStopped = ({ by, at }: Stopped): string =>
  `🛑 *All sending is stopped* by ${user(by)} since ${when(at)}. Nothing goes out until an admin resumes all.`;

/** Handed over, whatever became of it: what a patient may have on the phone, or what was refused for good. */
export const sentOf = ({ submitted, delivered, undelivered, failed }: CampaignCounts): number =>
  submitted + delivered + undelivered + failed;

export const waitingOf = ({ queued, sending }: CampaignCounts): number => queued + sending;

/** `1 reviewer has`, `2 reviewers have`. */
export const reviewersHave = (needed: number): string => plural(needed, 'reviewer has', 'reviewers have');
