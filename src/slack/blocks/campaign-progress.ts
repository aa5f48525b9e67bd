import type { CampaignCard, CampaignCounts } from '../../domain/cards/card';
import { sentOf } from '../../domain/cards/campaign-counts';
import { waitingOf } from './send-facts';
import { bar, count, duration, name, plural, when } from './words';

/** How far a send is and what came back. Lines that would say nothing are empty. */
export const progressLines = (card: CampaignCard): string[] => [
  bar(sentOf(card.counts), card.recipients),
  ...windowLine(card),
  sentLine(card.counts),
  waitingLine(card),
  notSentLine(card),
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

/** `1,200 waiting  ·  62 texts a minute  ·  about 20 minutes left`: while texting is open, and nobody stopped it. */
const waitingLine = (card: CampaignCard): string => {
  const { state, counts, waitsUntil, stopped, pace } = card;
  const waiting = waitingOf(counts);
  if (waiting === 0) return '';
  const goes = state === 'RUNNING' && waitsUntil === null && stopped === null;
  const facts = goes ? [pace === null || pace === 0 ? '' : `${plural(pace, 'text')} a minute`, endingOf(card)] : [];
  return [`${count(waiting)} waiting`, ...facts].filter(Boolean).join('  ·  ');
};

/** What is not sent by closing time ends there, if the sender chose that. */
const endingOf = ({ ending, atClose, timeZone }: CampaignCard): string => {
  if (ending === null) return '';
  if (!ending.hasBreak) return `${duration(ending.left)} left`;
  return atClose === 'EXPIRE'
    ? 'texting closes before all of them got it'
    : `ends about ${when(ending.at, timeZone)}, because texting closes in between`;
};

/** Each with its reason; together they are what was not sent. */
export const notSentLine = ({
  counts: { skipped, canceled, expired },
  skips,
}: Pick<CampaignCard, 'counts' | 'skips'>): string => {
  const all = skipped + canceled + expired;
  if (all === 0) return '';
  const named = skips.slice(0, 6).map(({ why: reason, count: some }) => [some, name(reason, 60)] as const);
  const why = parts([
    [canceled, 'canceled'],
    [expired, 'not sent by closing time'],
    ...named,
    [skipped - named.reduce((sum, [some]) => sum + some, 0), 'skipped'],
  ]);
  return `${count(all)} not sent (${why})`;
};

const unknownLine = ({ uncertain }: CampaignCounts): string =>
  uncertain === 0
    ? ''
    : `❓ ${count(uncertain)} unknown: we are asking Twilio whether it was sent. Nothing is sent twice.`;

/** Who may be in danger stands first. */
export const repliesLine = ({
  answers,
  urgent,
  unexpected,
  optOuts,
}: Pick<CampaignCard, 'answers' | 'urgent' | 'unexpected' | 'optOuts'>): string => {
  const alarming = parts([[urgent, '🔴 urgent']]);
  const said = answers.slice(0, 12).map((answer) => `${count(answer.count)} ${name(answer.label)}`);
  const others = parts([
    [unexpected, '🟠 unexpected'],
    [optOuts, '🚫 opted out'],
  ]);
  const all = [alarming, ...said, others].filter((part) => part !== '');
  return all.length === 0 ? '' : `Replies: ${all.join(', ')}`;
};

const parts = (counted: readonly (readonly [number, string])[]): string =>
  counted
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${count(number)} ${words}`)
    .join(', ');
