const LONGEST = 80;

/** What somebody typed, said back to them: long enough to be known again. */
export const clipWords = (words: string): string => {
  const letters = [...words];
  return letters.length <= LONGEST ? words : `${letters.slice(0, LONGEST - 1).join('')}…`;
};
