import type { ImportCard } from '../../domain/cards/import-card';
import { allCounts, details, nothingIn, questionLine } from './import-preview';
import { name } from './words';

/** The same words as on the card, for where there is no card: the command line. */

export const titleOf = (card: ImportCard): string => {
  if (card.questions.length > 0) return `Which column is which? ${name(card.fileName)} does not say.`;
  const { summary } = card;
  return summary.new + summary.changed === 0 ? `Nothing to do: ${nothingIn(summary)}` : allCounts(summary);
};

export const detailsOf = (card: ImportCard): readonly string[] =>
  card.questions.length > 0 ? card.questions.map(questionLine) : details(card);
