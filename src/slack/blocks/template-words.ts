import type { Estimate } from '../../domain/template/estimate';
import type { ReviewState } from '../../domain/template-review';
import { count, language, money, names, plural } from './words';

export const REVIEW_IN_WORDS: Readonly<Record<ReviewState, string>> = {
  waiting: '⏳ waits for a reviewer',
  approved: '✅ approved',
  rejected: '❌ rejected',
};

/** `Text`, `Text in Spanish`: a field's label and a card's heading. */
export const textTitle = (code: string): string => (code === 'default' ? 'Text' : `Text in ${language(code)}`);

/** `1 segment`, `1 to 2 segments`. */
export const segmentsLine = (least: number, most: number): string =>
  least === most ? plural(most, 'segment') : `${count(least)} to ${plural(most, 'segment')}`;

/** What one text costs; carriers' prices have more than two decimals. */
const costOf = (segments: number, price: number): string => {
  const cost = segments * price;
  return cost >= 1 ? money(cost) : `$${cost.toFixed(3)}`;
};

/** Finished mrkdwn: segments and cost for the shortest, the middle and the longest of real patients. */
export const estimateLine = (estimate: Estimate, pricePerSegment: number): string => {
  const { shortest, median, longest, leftOut, patients, empty } = estimate;
  const cost = (segments: number): string =>
    pricePerSegment > 0 ? `, about ${costOf(segments, pricePerSegment)}` : '';
  const one = ({ segments, characters }: Estimate['median']): string =>
    `${plural(segments, 'segment')} (${count(characters)} characters${cost(segments)})`;
  const isSame = shortest.characters === longest.characters && shortest.segments === longest.segments;
  const sizes = isSame
    ? `${one(longest)} for every patient`
    : `shortest patient: ${one(shortest)}  ·  middle: ${one(median)}  ·  longest: ${one(longest)}`;
  const lack = names(empty, 4);
  const out = `  ·  ⚠️ ${count(leftOut)} of ${plural(patients, 'patient')} would be left out, who have no ${lack}`;
  return leftOut === 0 ? sizes : `${sizes}${out}`;
};
