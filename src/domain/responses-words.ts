import type { ResponsesFilter, ResponsesSort } from './cards/card';

export interface ResponsesWords {
  readonly filter: ResponsesFilter;
  readonly sort: ResponsesSort;
  /** What is left: a send's number, or the name of its template. */
  readonly send: number | string | null;
}

const FILTERS: readonly (readonly [RegExp, ResponsesFilter])[] = [
  [/\b(?:no[ -]answers?|silent)\b/i, 'silent'],
  [/\bunanswered\b/i, 'unanswered'],
  [/\bunexpected\b/i, 'unexpected'],
  [/\burgent\b/i, 'urgent'],
  [/\ball\b/i, 'all'],
];

/**
 * What somebody typed after `/outreach responses`, in any order: `urgent`, `no answer 12`, `"second dose" by patient`. In
 * quotes a name may hold any of these words.
 */
export function readResponsesWords(words: string): ResponsesWords {
  const quoted = /["“”«»']([^"“”«»']+)["“”«»']/.exec(words);
  let rest = quoted === null ? words : words.replace(quoted[0], ' ');
  const by = /\b(?:sorted )?by (class|answer|time|patient)\b/i.exec(rest);
  if (by !== null) rest = rest.replace(by[0], ' ');
  const said = FILTERS.find(([pattern]) => pattern.test(rest));
  if (said !== undefined) rest = rest.replace(said[0], ' ');
  const name = quoted?.[1]?.trim() ?? rest.replace(/\s+/g, ' ').trim();
  const number = /^(?:send )?#?(\d{1,9})$/i.exec(name)?.[1];
  return {
    filter: said?.[1] ?? 'all',
    sort: (by?.[1]?.toLowerCase() ?? 'class') as ResponsesSort,
    send: number !== undefined ? Number(number) : name === '' ? null : name,
  };
}
