/** What a row says of somebody's name; a part that it does not tell is missing. */
export interface Name {
  readonly first?: string | undefined;
  readonly last?: string | undefined;
}

const SUFFIX = /^(?:jr|sr|ii|iii|iv|md|phd|do|rn|np|pa)\.?$/i;

/**
 * Takes a full name apart. `García López, Ana María` is written last name first; `Ana García López` is split after the
 * first word, as a first name is what texts greet with. `Smith, John, Jr.` and `John Smith, Jr.` keep their suffix with the
 * last name.
 */
export const splitFullName = (full: string): Name => {
  const parts = full
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const suffixes = parts.slice(1).filter((part) => SUFFIX.test(part));
  const [head = '', ...rest] = parts.filter((part, index) => index === 0 || !SUFFIX.test(part));
  const [first = '', ...words] = rest.length > 0 ? [rest.join(' '), head] : head.split(' ');
  const last = [...words, ...suffixes].join(' ');
  return { first: first || undefined, last: last || undefined };
};
