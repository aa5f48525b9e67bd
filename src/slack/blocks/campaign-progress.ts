import type { CampaignCard, CampaignCounts } from '../../domain/cards/card';
import { sentOf, waitingOf } from './send-facts';
import { bar, count, duration, name, when } from './words';

/** How far a send is and what came back. Lines that would say nothing are empty. */
export const progressLines = (card: CampaignCard): string[] => [
  bar(sentOf(card.counts), card.recipients),
  ...windowLine(card),
  sentLine(card.counts),
  waitingLine(card),
  notSentLine(card.counts),
  unknownLine(card.counts),
  ...card.problems.slice(0, 5).map((problem) => `• ${count(problem.count)} failed: ${name(problem.sentence, 200)}`),
  repliesLine(card),
];

const windowLine = ({ state, waitsUntil, timeZone, counts }: CampaignCard): string[] =>
  state === 'RUNNING' && waitsUntil !== null && counts.queued > 0
    ? [`🌙 Waits for the texting window: opens ${when(waitsUntil, timeZone)}`]
    : [];

export const sentLine = ({ delivered, submitted, undelivered, failed }: CampaignCounts): string =>
  parts([
    [delivered, 'delivered'],
    [submitted, 'on the way'],
    [undelivered + failed, 'failed'],
  ]);

/** `1,200 waiting, about 20 minutes`: the time at the present rate, while texting is open. */
const waitingLine = ({ state, counts, minutes, recipients, waitsUntil, stopped }: CampaignCard): string => {
  const waiting = waitingOf(counts);
  const goes = state === 'RUNNING' && waitsUntil === null && stopped === null && recipients > 0;
  const left = goes && waiting > 0 ? duration((minutes * waiting) / recipients) : '';
  return [parts([[waiting, 'waiting']]), left === '' ? '' : `${left} left`].filter(Boolean).join(', ');
};

export const notSentLine = ({ skipped, canceled, expired }: CampaignCounts): string => {
  const all = skipped + canceled + expired;
  if (all === 0) return '';
  const why = parts([
    [canceled, 'canceled'],
    [expired, 'not sent by closing time'],
    [skipped, 'skipped: opted out or cannot be texted'],
  ]);
  return `${count(all)} not sent (${why})`;
};

const unknownLine = ({ uncertain }: CampaignCounts): string =>
  uncertain === 0
    ? ''
    : `❓ ${count(uncertain)} unknown: we are asking Twilio whether it was sent. Nothing is sent twice.`;

export const repliesLine = ({
  answers,
  unexpected,
  optOuts,
}: Pick<CampaignCard, 'answers' | 'unexpected' | 'optOuts'>): string => {
  const said = answers.slice(0, 12).map((answer) => `${count(answer.count)} ${name(answer.label)}`);
  const others = parts([
    [unexpected, '🟠 unexpected'],
    [optOuts, '🚫 opted out'],
  ]);
  const all = [...said, ...(others === '' ? [] : [others])];
  return all.length === 0 ? '' : `Replies: ${all.join(', ')}`;
};

const parts = (counted: readonly (readonly [number, string])[]): string =>
  counted
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${count(number)} ${words}`)
    .join(', ');
