/**
 * A text as a list of bare words, so that rules see "¡SÍ!!", "si" and "Sí." as the same: without case, accents,
 * punctuation, skin tones and the invisible signs that phones put in. Each emoji is a word of its own. Letters that are
 * drawn out ("yesss") count once. Only for comparing: what is shown and sent is always the text as it was typed.
 */
export const plainWords = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .replace(/['’‘`´ʼ]/g, '') // don't and dont are one word
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]/gu, '')
    .toLowerCase()
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(EMOJI, ' $& ')
    .replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, ' ')
    .split(' ')
    .filter((word) => word !== '');

const EMOJI = /\p{Extended_Pictographic}/gu;

/** {@link plainWords} with one space between them. */
export const plainText = (text: string): string => plainWords(text).join(' ');

/** A patient's words for a card's reason: one line, between quotes, cut when long. */
export const quoteBriefly = (text: string): string => {
  const line = [...text.replace(/\s+/g, ' ').trim()];
  return `“${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1).join('')}…` : line.join('')}”`;
};

const LONGEST_QUOTE = 40;
