/** Letters that no decomposition takes apart, and what people type for them. */
const ALONE: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ł: 'l', ħ: 'h', ı: 'i', ð: 'd' };

const baseOf = (letter: string): string => {
  const small = letter.toLowerCase();
  return ALONE[small] ?? small.normalize('NFD').charAt(0);
};

/** By letter without its accents: all that it may stand for in a name, small and capital. */
const FAMILIES: ReadonlyMap<string, string> = (() => {
  const families = new Map<string, string>();
  const add = (letter: string): void => {
    const base = baseOf(letter);
    if (/^[a-z]$/.test(base)) families.set(base, (families.get(base) ?? '') + letter);
  };
  // Basic Latin, Latin-1, Latin Extended-A and -B, Latin Extended Additional.
  for (const [from, to] of [
    [0x41, 0x7a],
    [0xc0, 0x24f],
    [0x1e00, 0x1eff],
  ] as const)
    for (let code = from; code <= to; code += 1) {
      const letter = String.fromCodePoint(code);
      if (/\p{L}/u.test(letter)) add(letter);
    }
  return families;
})();

/**
 * A pattern for SQLite's GLOB that fits whatever begins with, or holds, the words, without regard to capitals and accents:
 * `jose` finds José, and `José` finds Jose. Names are kept composed (NFC).
 */
export const namePattern = (words: string, where: 'begins' | 'holds'): string => {
  const letters = [...words.normalize('NFC')].map(letterPattern).join('');
  return `${where === 'holds' ? '*' : ''}${letters}*`;
};

/** The words without accents: names of ASCII alone are found by it, with LIKE, many times faster than by the pattern. */
export const withoutAccents = (words: string): string =>
  [...words.normalize('NFC')].map((letter) => (FAMILIES.has(baseOf(letter)) ? baseOf(letter) : letter)).join('');

function letterPattern(letter: string): string {
  const family = FAMILIES.get(baseOf(letter));
  if (family !== undefined && /\p{L}/u.test(letter)) return `[${family}]`;
  const both = [...new Set([letter.toLowerCase(), letter.toUpperCase()])].filter((one) => [...one].length === 1);
  // Within brackets nothing has a meaning but `]` and a `^` in front.
  return both.length > 1 || /[*?[]/.test(letter) ? `[${both.join('')}]` : letter;
}
