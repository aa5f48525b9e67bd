import type { KnownBlock } from '@slack/types';
import type { TestCard } from '../../domain/cards/template-cards';
import { ACTIONS } from './action-ids';
import { actions, button, quote, section } from './elements';
import { escape, name, plural } from './words';

/** A test text on its way to the phone of the one who wanted to see it there. */
export const testBlocks = (card: TestCard): KnownBlock[] => [
  section(`${headline(card)}  ·  ${plural(card.segments, 'segment')}`),
  quote(card.text),
  ...actions(button({ label: 'Use another number', action: ACTIONS.templateTestNumber })),
];

const headline = ({ state, phone, why }: TestCard): string => {
  const where = `to your phone ${name(phone)}`;
  switch (state) {
    case 'waiting':
      return `⏳ *A test is on its way* ${where}`;
    case 'done':
      return `✅ *A test was sent* ${where}`;
    case 'failed':
      return `⚠️ *The test did not arrive* ${where}. ${escape(why ?? '')}`.trimEnd();
  }
};
