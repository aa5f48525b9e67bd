import { explainError } from './twilio-errors';

/** How many of a send's latest texts are looked at for failures. */
export const LOOKED_AT = 200;
/** Fewer texts than this say nothing about a send. */
export const LEAST_TEXTS = 20;
/** One wrong number, or two, is a wrong number and no sign of anything. */
const LEAST_CASES = 3;
const MOST_FAILURES = 0.05;
const MOST_OPT_OUTS = 0.03;

const FILTERED = 30007;
/** The carrier does not say whether it arrived. */
const NOT_KNOWN = 30008;

/** A failure that trying again does not mend: the number, the text or the account is wrong. */
export const isHardFailure = (code: number): boolean => {
  const { action } = explainError(code);
  return action === 'never' || action === 'mark number' || (action === 'ask a person' && code !== NOT_KNOWN);
};

export interface WhatCameOfIt {
  /** Error codes of the send's latest texts whose fate is known; null = delivered. At most {@link LOOKED_AT}. */
  readonly latest: readonly (number | null)[];
  /** Texts that were handed over, and patients among those who opted out since. */
  readonly texted: number;
  readonly optedOut: number;
}

/**
 * Why a send has to be looked at by a person before it goes on; null when it may go on. More than 5 % hard failures or
 * carrier filtering among the latest 200, or more than 3 % opt-outs: the list, the text or the number is wrong, and each
 * further text makes it worse.
 */
export const guardRail = ({ latest, texted, optedOut }: WhatCameOfIt): string | null => {
  const failures = latest.filter((code) => code !== null && isHardFailure(code));
  if (isTooMany(failures.length, latest.length, MOST_FAILURES)) {
    const filtered = failures.filter((code) => code === FILTERED).length;
    const what =
      filtered * 2 > failures.length
        ? 'were filtered by carriers as spam'
        : 'failed for good (wrong or blocked numbers)';
    return `${failures.length} of the latest ${latest.length} texts ${what}: more than 5 %.`;
  }
  if (!isTooMany(optedOut, texted, MOST_OPT_OUTS)) return null;
  return `${optedOut} of ${texted} patients opted out: more than 3 %.`;
};

const isTooMany = (cases: number, all: number, share: number): boolean =>
  all >= LEAST_TEXTS && cases >= LEAST_CASES && cases > all * share;
