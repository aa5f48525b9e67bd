import { maskedName } from '../masking';
import type { ColumnRole } from './aliases';
import { languageOf } from './language';
import { cleanText } from './text';

const SHOWN_WHOLE: readonly (ColumnRole | undefined)[] = [
  'firstName',
  'language',
  'zip',
  'state',
  'timeZone',
  'optOut',
  'consent',
  'kind',
  'groups',
];

/** All but the last four digits of a number, where there are more. */
const maskDigits = (text: string): string => {
  const all = text.replace(/\D/g, '').length;
  let seen = 0;
  return text.replace(/\d/g, (digit) => ((seen += 1) <= all - 4 ? '•' : digit));
};

/** `López Reyes` is `L••• R•••`; of an unknown column nobody knows whether it holds last names. */
const maskWords = (text: string): string => text.replace(/(\p{L})[\p{L}\p{M}'’-]+/gu, '$1•••');

/**
 * A cell by which somebody can tell what its column is, and nothing more of the patient than Slack shows elsewhere: first
 * names, initials, the last four digits.
 */
export const maskedSample = (cell: string, role: ColumnRole | undefined): string => {
  const text = cleanText(cell);
  if (SHOWN_WHOLE.includes(role)) return text;
  if (role === 'fullName') return text.includes(',') ? maskWords(text) : maskedName(text, '');
  if (role === 'lastName') return maskWords(text);
  return maskDigits(languageOf(text) === null ? maskWords(text) : text);
};
