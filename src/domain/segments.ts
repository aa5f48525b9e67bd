import { SegmentedMessage } from 'sms-segments-calculator';

/**
 * What a text costs: carriers count segments. Plain text holds 160 characters in one segment and 153 in each of several;
 * a single character outside GSM-7 makes that 70 and 67.
 */
export interface SegmentCount {
  readonly segments: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** As people count in UCS-2; in GSM-7 the ones that take two places (`^ { } [ ] ~ \ | €`) count twice. */
  readonly characters: number;
  /** The distinct characters that force UCS-2, in order of appearance. */
  readonly forcedBy: readonly string[];
}

/** Source of the numbers: GSM 03.38, as sms-segments-calculator (Twilio's own) counts them. */
export const countSegments = (text: string): SegmentCount => countSimple(text) ?? countByCalculator(text);

const countByCalculator = (text: string): SegmentCount => {
  const message = new SegmentedMessage(text);
  return {
    segments: message.segmentsCount,
    encoding: message.encodingName,
    characters: message.numberOfCharacters,
    forcedBy: [...new Set(message.encodingName === 'UCS-2' ? message.getNonGsmCharacters() : [])],
  };
};

const GSM_BASIC =
  '\n\r !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz' +
  '¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ';
const GSM_EXTENDED = '\f[\\]^{|}~€';

/** How a UTF-16 unit counts. OTHER: it may join its neighbours (accents, skin tones), which the calculator knows about. */
const [OTHER, BASIC, EXTENDED, WIDE, HIGH_HALF] = [0, 1, 2, 3, 4];

const KIND = ((): Uint8Array => {
  const kinds = new Uint8Array(0x1_0000);
  const fill = (kind: number, from: number, to: number): void => void kinds.fill(kind, from, to + 1);
  fill(WIDE, 0x20, 0x2ff); // Latin, before the combining accents
  fill(WIDE, 0x2010, 0x2027); // dashes, quotes, ellipsis
  fill(WIDE, 0x2030, 0x205e);
  fill(WIDE, 0x20a0, 0x20bf); // currencies
  fill(WIDE, 0x2190, 0x27bf); // arrows, signs and the older emoji
  fill(HIGH_HALF, 0xd83c, 0xd83e); // first halves of the newer emoji
  for (const character of GSM_BASIC) kinds[character.charCodeAt(0)] = BASIC;
  for (const character of GSM_EXTENDED) kinds[character.charCodeAt(0)] = EXTENDED;
  return kinds;
})();

/** Emoji that stand alone: not the flags' letters, not the skin tones. */
const isEmoji = (codePoint: number): boolean =>
  (codePoint >= 0x1f300 && codePoint <= 0x1f64f && !(codePoint >= 0x1f3fb && codePoint <= 0x1f3ff)) ||
  (codePoint >= 0x1f680 && codePoint <= 0x1f6ff) ||
  (codePoint >= 0x1f900 && codePoint <= 0x1f9ff);

/**
 * The same answer for texts in which no character joins its neighbour, a thousand times faster: the calculator takes about
 * a millisecond a text, which is minutes for an audience of 250,000.
 */
const countSimple = (text: string): SegmentCount | undefined => {
  let [septets, pairs, wide] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const kind = KIND[text.charCodeAt(index)];
    if (kind === OTHER) return undefined;
    septets += kind === EXTENDED ? 2 : 1;
    wide ||= kind === WIDE || kind === HIGH_HALF;
    if (kind !== HIGH_HALF) continue;
    if (!isEmoji(text.codePointAt(index) ?? 0)) return undefined;
    pairs += 1;
    index += 1; // the other half
  }
  if (!wide) {
    const segments = segmentsOf(text, { size: septets, one: 160, each: 153, isDouble: EXTENDED });
    return { segments, encoding: 'GSM-7', characters: septets, forcedBy: [] };
  }
  const segments = segmentsOf(text, { size: text.length, one: 70, each: 67, isDouble: HIGH_HALF });
  return { segments, encoding: 'UCS-2', characters: text.length - pairs, forcedBy: [...new Set(text)].filter(isWide) };
};

const isWide = (character: string): boolean => {
  const kind = KIND[character.charCodeAt(0)];
  return kind === WIDE || kind === HIGH_HALF;
};

interface Capacity {
  readonly size: number;
  /** What a segment holds when it is the only one. */
  readonly one: number;
  /** What it holds when it is one of several, which carry a header. */
  readonly each: number;
  /** The kind of character that takes two places. */
  readonly isDouble: number | undefined;
}

/** A character of two places is never cut at the end of a segment, so that characters are packed one by one. */
const segmentsOf = (text: string, { size, one, each, isDouble }: Capacity): number => {
  if (size <= one) return 1;
  let [segments, used] = [1, 0];
  for (const character of text) {
    const places = KIND[character.charCodeAt(0)] === isDouble ? 2 : 1;
    if (used + places > each) {
      segments += 1;
      used = 0;
    }
    used += places;
  }
  return segments;
};

export interface PlainReplacement {
  readonly from: string;
  readonly to: string;
  /** True for accents ("á" → "a"): cheaper, but a person has to want it. */
  readonly changesSpelling: boolean;
}

/** Signs that word processors and phones put in by themselves, with what one would have typed. */
const TYPOGRAPHIC: ReadonlyMap<string, string> = new Map([
  ...[...'‘’‚‛′`´ʼ'].map((sign): [string, string] => [sign, "'"]),
  ...[...'“”„‟″«»'].map((sign): [string, string] => [sign, '"']),
  ...[...'‐‑‒–—―−'].map((sign): [string, string] => [sign, '-']),
  ...[...'\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t'].map(
    (space): [string, string] => [space, ' '],
  ),
  ...[...'\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f'].map((invisible): [string, string] => [invisible, '']),
  ...[...'•·●▪'].map((sign): [string, string] => [sign, '-']),
  ['…', '...'],
  ['™', '(TM)'],
  ['©', '(C)'],
  ['®', '(R)'],
  ['½', '1/2'],
  ['¼', '1/4'],
  ['¾', '3/4'],
  ['×', 'x'],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
]);

/** The plain sign for each character that forces UCS-2 and has one, each once, in order of appearance. */
export const plainReplacements = (text: string): readonly PlainReplacement[] =>
  [...new Set(text.normalize('NFC'))].flatMap((from): readonly PlainReplacement[] => {
    const sign = TYPOGRAPHIC.get(from);
    if (sign !== undefined) return [{ from, to: sign, changesSpelling: false }];
    if (countSegments(from).encoding === 'GSM-7') return [];
    const letter = from.normalize('NFD').replace(/\p{M}/gu, '');
    const plain = letter !== from && letter !== '' && countSegments(letter).encoding === 'GSM-7';
    return plain ? [{ from, to: letter, changesSpelling: true }] : [];
  });

/** The text with some of {@link plainReplacements} made. */
export const replaceWithPlain = (text: string, replacements: readonly PlainReplacement[]): string => {
  const plain = new Map(replacements.map(({ from, to }) => [from, to]));
  return [...text.normalize('NFC')].map((character) => plain.get(character) ?? character).join('');
};
