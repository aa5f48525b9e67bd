/** Names that are no language's own name, or that Intl does not know, as EHRs and people write them. */
const BY_HAND: Readonly<Record<string, string>> = {
  castilian: 'es',
  castellano: 'es',
  'spanish castilian': 'es',
  mandarin: 'zh',
  'chinese mandarin': 'zh',
  'mandarin chinese': 'zh',
  'chinese simplified': 'zh',
  'chinese traditional': 'zh',
  'chinese cantonese': 'yue',
  creole: 'ht',
  kreyol: 'ht',
  'haitian creole': 'ht',
  farsi: 'fa',
  dari: 'fa',
  tagalog: 'tl',
  filipino: 'tl',
  pilipino: 'tl',
  hmong: 'hmn',
  marshallese: 'mh',
  'american sign language': 'ase',
  asl: 'ase',
  eng: 'en',
  engl: 'en',
  sp: 'es',
  span: 'es',
  esp: 'es',
};

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();

/** Every two-letter code that Intl has an English name for, some 180 of them, and a few longer ones. */
const knownCodes = (): string[] => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return [...codes, 'yue', 'hmn', 'haw', 'chr', 'ilo', 'ceb', 'ase'].filter((code) => names.of(code) !== undefined);
};

/** The code that is in use (`iw` is `he`). Intl turns Tagalog's `tl` into `fil`, which nobody else writes. */
const isoCode = (tag: string): string => {
  const { language } = new Intl.Locale(tag);
  return language === 'fil' ? 'tl' : language;
};

/** Names in English, in Spanish and in the language itself; made at first use, as it takes some milliseconds. */
let names: ReadonlyMap<string, string> | undefined;

const languageNames = (): ReadonlyMap<string, string> => {
  if (names) return names;
  const made = new Map<string, string>();
  for (const code of knownCodes()) {
    for (const inLanguage of ['en', 'es', code]) {
      const name = new Intl.DisplayNames(inLanguage, { type: 'language', fallback: 'none' }).of(code);
      // Deprecated codes (`iw`) have the name of those that replaced them, and stand behind them.
      if (name && !made.has(plain(name))) made.set(plain(name), isoCode(code));
    }
    made.set(code, isoCode(code));
  }
  names = new Map([...made, ...Object.entries(BY_HAND)]);
  return names;
};

/** `es-MX`, `es_US`, `spa`, `SPA`: the language of a well-formed tag, or nothing. */
const languageOfTag = (text: string): string | undefined => {
  if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(text)) return undefined;
  try {
    const language = isoCode(text.replace(/_/g, '-'));
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language) ? language : undefined;
  } catch {
    return undefined;
  }
};

const known = new Map<string, string | null>();

const find = (text: string): string | null =>
  languageNames().get(plain(text)) ?? languageNames().get(text.toLowerCase()) ?? languageOfTag(text) ?? null;

/**
 * The ISO 639 code of a language given by name (in English, Spanish or itself, with or without accents) or by code:
 * `Spanish`, `español`, `ESPANOL`, `es`, `es-MX` and `spa` are all `es`. Null when it is none, or more than one.
 */
export const languageOf = (text: string): string | null => {
  const answer = known.get(text);
  if (answer !== undefined) return answer;
  const found = find(text.trim());
  if (known.size < 1000) known.set(text, found);
  return found;
};
