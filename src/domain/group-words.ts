import { AppError } from './errors';
import { cleanText } from './patient-file/text';

/** In characters as people count them. */
export const MAX_GROUP_NAME = 80;

/**
 * A group's name as it is kept: one line, single spaces, nothing invisible.
 * @throws AppError GROUP_NAME_EMPTY, GROUP_NAME_TOO_LONG
 */
export const groupName = (typed: string): string => {
  const name = cleanText(typed);
  const { length } = [...name];
  if (length === 0) {
    throw new AppError('GROUP_NAME_EMPTY', {
      message: 'a group without a name',
      userMessage: 'The group has no name. Give it one: /outreach groups new "2nd dose"',
    });
  }
  if (length > MAX_GROUP_NAME) {
    throw new AppError('GROUP_NAME_TOO_LONG', {
      message: `a group name of ${length} characters`,
      userMessage: `${length} characters are too many for a group’s name: ${MAX_GROUP_NAME} at most. Shorten it.`,
    });
  }
  return name;
};

/** What was typed after `/outreach groups`. */
export type GroupWords =
  | { readonly verb: 'list'; readonly words: string }
  | { readonly verb: 'new' | 'empty' | 'delete'; readonly name: string }
  /** Every way to read it as two names: `to` may be a part of one. Likeliest first. */
  | { readonly verb: 'rename' | 'merge'; readonly pairs: readonly NamePair[] };

export interface NamePair {
  readonly from: string;
  readonly to: string;
}

export const readGroupWords = (typed: string): GroupWords => {
  const [, verb = '', rest = ''] = /^(\S*)\s*([\s\S]*?)\s*$/.exec(typed.trim()) ?? [];
  switch (verb.toLowerCase()) {
    case 'new':
    case 'create':
    case 'add':
      return { verb: 'new', name: unquoted(rest) };
    case 'empty':
      return { verb: 'empty', name: unquoted(rest) };
    case 'delete':
    case 'remove':
      return { verb: 'delete', name: unquoted(rest) };
    case 'rename':
      return { verb: 'rename', pairs: pairsIn(rest, /\s+to(?:\s+|$)/gi) };
    case 'merge':
      return { verb: 'merge', pairs: pairsIn(rest, /\s+(?:into|with|to)(?:\s+|$)/gi) };
    case 'list':
      return { verb: 'list', words: unquoted(rest) };
    default:
      return { verb: 'list', words: unquoted(typed) };
  }
};

const QUOTED = /^["“”„‟«»‘‚'](?<inner>[\s\S]*)["“”„‟«»’‘']$/;

const unquoted = (text: string): string => (QUOTED.exec(text.trim())?.groups?.['inner'] ?? text).trim();

const pairsIn = (text: string, between: RegExp): NamePair[] => {
  const pairs = [...text.matchAll(between)].map((found) => ({
    from: text.slice(0, found.index).trim(),
    to: text.slice(found.index + found[0].length).trim(),
  }));
  const quotes = ({ from, to }: NamePair): number => Number(QUOTED.test(from)) + Number(QUOTED.test(to));
  return pairs
    .filter(({ from }) => from !== '')
    .sort((one, other) => quotes(other) - quotes(one))
    .map(({ from, to }) => ({ from: unquoted(from), to: unquoted(to) }));
};
