import type { KnownBlock } from '@slack/types';
import type { SummaryCard } from '../../domain/cards/summary-card';
import { notSentLine, repliesLine, sentLine } from './campaign-progress';
import { paragraphs } from './elements';
import { sentOf } from '../../domain/cards/campaign-counts';
import { count, name, plainName, plainTime, when } from './words';

/** How a send went. Everything that the picture shows stands here in words. */
export const summaryLines = (card: SummaryCard): string[] =>
  [
    `*${count(sentOf(card.counts))} of ${count(card.recipients)} sent: “${name(card.templateName, 60)}”*`,
    sentLine(card.counts),
    notSentLine(card),
    repliesLine(card) || 'No replies yet',
    `From ${when(card.from, card.timeZone)} to ${when(card.to, card.timeZone)}`,
  ].filter((line) => line !== '');

export const summaryBlocks = (card: SummaryCard): KnownBlock[] => paragraphs(summaryLines(card));

/** For screen readers: Slack takes 1,000 characters. */
export const summaryAltText = (card: SummaryCard): string => {
  const { counts, answers, urgent, unexpected, optOuts } = card;
  const replies = answers.slice(0, 8).map((answer) => `${count(answer.count)} ${plainName(answer.label, 40)}`);
  return [
    `How “${plainName(card.templateName, 60)}” went, from ${plainTime(card.from, card.timeZone)} to ${plainTime(card.to, card.timeZone)}`,
    `${count(counts.delivered)} of ${count(card.recipients)} delivered, ${count(counts.failed + counts.undelivered)} failed`,
    `replies: ${[`${count(urgent)} urgent`, ...replies, `${count(unexpected)} unexpected`, `${count(optOuts)} opted out`].join(', ')}`,
  ].join('; ');
};
