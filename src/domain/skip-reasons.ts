import type { Skipped } from './cards/campaign-counts';

/** Why a text of a send was not sent after all, when it would have been its turn. */
const SKIPS: Readonly<Record<string, string>> = {
  opted_out: 'opted out',
  number_changed: 'has another number now',
  texted_lately: 'got another send lately',
};

/** @param reason as a skipped message carries it */
export const skipInWords = (reason: string): string => SKIPS[reason] ?? 'cannot be texted';

/** Reasons that read alike are counted together. */
export const skipsInWords = (rows: readonly { readonly reason: string; readonly count: number }[]): Skipped[] => {
  const counts = new Map<string, number>();
  for (const { reason, count } of rows) counts.set(skipInWords(reason), (counts.get(skipInWords(reason)) ?? 0) + count);
  return [...counts].map(([why, count]) => ({ why, count }));
};
