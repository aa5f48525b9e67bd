import { countSegments, plainReplacements, type PlainReplacement } from '../segments';
import { plainText } from '../plain-words';
import { CARRIER_WORDS, HEALTH_WORDS, LINK_SHORTENERS } from './lint-words';

/** What a careful colleague would say of a text. Nothing here keeps it from being saved. */
export interface Hint {
  readonly kind: 'unicode' | 'clinic name' | 'opt-out' | 'shortener' | 'carrier' | 'health' | 'segments';
  readonly sentence: string;
}

export interface LintedText {
  readonly text: string;
  /** ISO 639-1, or "default". */
  readonly language: string;
  readonly clinicName: string;
  /** Of the longest real patient's text; that of the text as it stands when there is no patient yet. */
  readonly mostSegments: number;
}

/** The most important first. */
export const lintText = (linted: LintedText): readonly Hint[] => {
  if (linted.text.trim() === '') return [];
  return [
    ...shorteners(linted),
    ...health(linted),
    ...carriers(linted),
    ...unicode(linted),
    ...long(linted),
    ...who(linted),
    ...optOut(linted),
  ];
};

/** Plain signs for those that force Unicode; a letter's accent is kept unless somebody takes it off. */
export const plainSigns = (text: string): readonly PlainReplacement[] =>
  countSegments(text).encoding === 'GSM-7'
    ? []
    : plainReplacements(text).filter(({ changesSpelling }) => !changesSpelling);

const MOST_SHOWN = 6;

const unicode = ({ text }: LintedText): readonly Hint[] => {
  const { forcedBy } = countSegments(text);
  if (forcedBy.length === 0) return [];
  const signs = forcedBy.slice(0, MOST_SHOWN).map(nameOf).join(' ');
  const more = forcedBy.length > MOST_SHOWN ? ` and ${forcedBy.length - MOST_SHOWN} more` : '';
  const plain = plainReplacements(text).filter(({ from }) => forcedBy.includes(from));
  const instead = plain.slice(0, MOST_SHOWN).map(({ from, to }) => `${nameOf(from)} → ${nameOf(to)}`);
  const dear = `${signs}${more} ${forcedBy.length === 1 ? 'makes' : 'make'} each segment hold 70 characters instead of 160. Plain letters cost less`;
  return [{ kind: 'unicode', sentence: `${dear}${instead.length === 0 ? '' : `: ${instead.join(', ')}`}.` }];
};

/** What cannot be seen is called by a name. */
const nameOf = (sign: string): string => {
  if (sign === '') return 'nothing';
  if (sign === '\n') return 'a new line';
  return /^[\p{Z}\p{C}]$/u.test(sign) ? (sign === ' ' ? 'a space' : 'an invisible sign') : sign;
};

const long = ({ mostSegments }: LintedText): readonly Hint[] =>
  mostSegments <= 1
    ? []
    : [
        {
          kind: 'segments',
          sentence: `More than one segment: up to ${mostSegments}, and it costs that many times as much. Shorten it if you can.`,
        },
      ];

const who = ({ text, clinicName }: LintedText): readonly Hint[] =>
  /\bclinic_name\b/.test(text) || plainText(text).includes(plainText(clinicName))
    ? []
    : [{ kind: 'clinic name', sentence: 'Say who is writing: {{ clinic_name }} puts the clinic’s name in.' }];

const optOut = ({ text, language }: LintedText): readonly Hint[] => {
  if (/(?<!\p{L})(?:stop|opt out|unsubscribe|alto|parar)(?!\p{L})/iu.test(text)) return [];
  const words = language === 'es' ? 'Responda ALTO para no recibir textos.' : 'Reply STOP to opt out.';
  return [{ kind: 'opt-out', sentence: `If it is a patient’s first text from you, add how to opt out: “${words}”` }];
};

const shorteners = ({ text }: LintedText): readonly Hint[] => {
  const found = LINK_SHORTENERS.find((host) =>
    new RegExp(`(?<![\\w.-])${host.replace('.', '\\.')}(?![\\w-])`, 'i').test(text),
  );
  if (found === undefined) return [];
  return [
    {
      kind: 'shortener',
      sentence: `Carriers block shortened links (${found}). Write the clinic’s own address instead.`,
    },
  ];
};

const carriers = ({ text }: LintedText): readonly Hint[] => {
  const found = wordsFound(text, CARRIER_WORDS);
  if (/!{3,}|\${2,}/.test(text)) found.push('!!! or $$');
  const letters = text.replace(/\{\{[\s\S]*?\}\}/g, '').replace(/[^\p{L}]/gu, '');
  if (letters.length >= 20 && letters === letters.toUpperCase() && letters !== letters.toLowerCase())
    found.push('ALL CAPITALS');
  if (found.length === 0) return [];
  return [{ kind: 'carrier', sentence: `Carriers may filter ${quoted(found)} as advertising. Say it in other words.` }];
};

const health = ({ text }: LintedText): readonly Hint[] => {
  const found = wordsFound(text, HEALTH_WORDS);
  if (found.length === 0) return [];
  return [
    {
      kind: 'health',
      sentence: `${quoted(found)} may tell others about a patient’s health. Keep details out of texts: ask them to call.`,
    },
  ];
};

/** Whole words or phrases, whatever the case and the accents; in what is outside placeholders. */
const wordsFound = (text: string, words: readonly string[]): string[] => {
  const plain = ` ${plainText(text.replace(/\{\{[\s\S]*?\}\}/g, ' '))} `;
  return words.filter((word) => plain.includes(` ${plainText(word)} `));
};

const quoted = (words: readonly string[]): string =>
  words
    .slice(0, MOST_SHOWN)
    .map((word) => `“${word}”`)
    .join(', ');
