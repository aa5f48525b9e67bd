/** Whom a campaign is for, as the sender chose it. */
export interface Audience {
  readonly groupIds: readonly number[];
  /** In any of the groups, or in all of them. A file counts like one more group. */
  readonly match: 'any' | 'all';
  readonly exceptGroupIds: readonly number[];
  /** ISO 639-1, or {@link NO_LANGUAGE}; empty = whatever the language. */
  readonly languages: readonly string[];
  readonly kind: 'PATIENT' | 'STAFF' | null;
  readonly earlier: EarlierSend | null;
  /** Ids or numbers of known patients, for this send alone. */
  readonly file: { readonly fileId: string; readonly name: string } | null;
  /** Nobody who got another campaign within so many days; null = no cap. */
  readonly capDays: number | null;
}

/** Only those who did this in an earlier campaign. */
export type EarlierSend =
  | { readonly campaignId: number; readonly who: 'answered'; readonly answer: string }
  /** It went out to them, and nothing came back. */
  | { readonly campaignId: number; readonly who: 'silent' }
  /** It failed, expired or was canceled before it went. */
  | { readonly campaignId: number; readonly who: 'undelivered' };

/** Stands for patients of whom no language is known. */
export const NO_LANGUAGE = '-';

export const EVERYBODY: Audience = {
  groupIds: [],
  match: 'any',
  exceptGroupIds: [],
  languages: [],
  kind: null,
  earlier: null,
  file: null,
  capDays: null,
};

/** As it was stored with a campaign; what an older version did not know is as if not chosen. */
export const readAudience = (json: string): Audience => ({ ...EVERYBODY, ...(JSON.parse(json) as Partial<Audience>) });

const DAY_MS = 86_400_000;

/** Since when nobody may have got another campaign who is to get this one at a moment; null = no cap. */
export const capStart = ({ capDays }: Pick<Audience, 'capDays'>, from: Date): Date | null =>
  capDays === null ? null : new Date(from.getTime() - capDays * DAY_MS);

/** Whether anything says whom it is for: the language or the kind alone would be the whole clinic. */
export const namesSomebody = ({ groupIds, earlier, file }: Audience): boolean =>
  groupIds.length > 0 || earlier !== null || file !== null;

export interface AudienceNames {
  readonly groups: readonly string[];
  readonly except: readonly string[];
  /** Codes, as in {@link Audience}. */
  readonly languages: readonly string[];
  readonly earlierTemplate: string | null;
}

const list = (names: readonly string[], conjunction: 'and' | 'or'): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${conjunction} ${names.at(-1) ?? ''}`;

/** One line for cards: `Seniors or Staff, except Volunteers; language Spanish`. */
export const audienceInWords = (audience: Audience, names: AudienceNames): string => {
  const { match, file, earlier, kind, capDays } = audience;
  const sources = [...names.groups, ...(file === null ? [] : [`the file ${file.name}`])];
  const who = list(sources, match === 'all' ? 'and' : 'or');
  const both = match === 'all' && sources.length > 1 ? `in ${sources.length === 2 ? 'both' : 'all of'} ` : '';
  const except = names.except.length === 0 ? '' : `, except ${list(names.except, 'or')}`;
  const filters = [
    ...(earlier === null ? [] : [earlierInWords(earlier, names.earlierTemplate)]),
    ...(names.languages.length === 0 ? [] : [`language ${list(names.languages.map(languageInWords), 'or')}`]),
    ...(kind === null ? [] : [kind === 'STAFF' ? 'staff only' : 'patients only']),
    ...(capDays === null ? [] : [`nobody texted in the last ${capDays === 1 ? 'day' : `${capDays} days`}`]),
  ];
  return [who === '' ? '' : `${both}${who}${except}`, ...filters].filter((part) => part !== '').join('; ');
};

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });

const languageInWords = (code: string): string => (code === NO_LANGUAGE ? 'not known' : (LANGUAGES.of(code) ?? code));

const earlierInWords = (earlier: EarlierSend, template: string | null): string => {
  const send = `send ${earlier.campaignId}${template === null ? '' : ` (${template})`}`;
  switch (earlier.who) {
    case 'answered':
      return `who answered ${earlier.answer} in ${send}`;
    case 'silent':
      return `who did not answer in ${send}`;
    case 'undelivered':
      return `whom ${send} did not reach`;
  }
};

/** Why a patient is left out of a campaign. Shown, counted and downloadable. */
export const EXCLUSION_REASONS = [
  'opted_out',
  'landline',
  'bad_number',
  'missing_field',
  'texted_lately',
  'duplicate_number',
  'too_long',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export const EXCLUSION_IN_WORDS: Readonly<Record<ExclusionReason, string>> = {
  opted_out: 'opted out',
  landline: 'landline',
  bad_number: 'number cannot be texted',
  missing_field: 'a placeholder is empty for them',
  texted_lately: 'texted lately',
  duplicate_number: 'same text to the same number',
  too_long: 'text would be longer than 10 segments',
};

/** Twilio takes 1,600 characters; ten segments are as much as carriers put together again. */
export const MOST_SEGMENTS = 10;

/** Twilio's code for a landline, or a phone that no carrier can reach by text. */
const LANDLINE_CODE = 30006;

export interface AudienceMember {
  readonly optedOut: boolean;
  /** Twilio's code for a number that cannot be texted; null when nothing is known against it. */
  readonly badCode: number | null;
  readonly textedLately: boolean;
}

/** Whether a patient may be in a campaign at all, whatever the text. */
export const excludedBefore = ({ optedOut, badCode, textedLately }: AudienceMember): ExclusionReason | null => {
  if (optedOut) return 'opted_out';
  if (badCode !== null) return badCode === LANDLINE_CODE ? 'landline' : 'bad_number';
  return textedLately ? 'texted_lately' : null;
};
