import type { KnownBlock, PlainTextOption } from '@slack/types';
import { type Audience, type EarlierSend, EVERYBODY, namesSomebody, NO_LANGUAGE } from '../../../domain/audience';
import type { GroupRow } from '../../../domain/cards/card';
import { count, language, plainName } from '../words';
import { input, offer, option } from './inputs';
import { allChosenIn, chosenIn, filesIn, typedIn } from './view-values';
import type { ViewValues } from './view-values';

/** The part of the send form that says whom it is for. */

export interface AudienceChoices {
  readonly groups: readonly GroupRow[];
  /** Languages that patients have, ISO 639-1. */
  readonly languages?: readonly string[];
  /** Campaigns whose patients can be chosen by what they did, newest first. */
  readonly earlier?: readonly EarlierChoice[];
}

export interface EarlierChoice {
  readonly campaignId: number;
  readonly name: string;
  readonly answers: readonly string[];
}

export const SEND_BLOCKS = {
  template: 'send_template',
  groups: 'send_groups',
  when: 'send_when',
  startAt: 'send_start_at',
  atClose: 'send_at_close',
  match: 'send_match',
  except: 'send_except',
  languages: 'send_languages',
  kind: 'send_kind',
  earlier: 'send_earlier',
  file: 'send_file',
  cap: 'send_cap',
} as const;

export const groupInput = (groups: readonly GroupRow[], { groupIds }: Audience): KnownBlock =>
  input({
    block: SEND_BLOCKS.groups,
    label: 'Groups',
    hint: 'Who is in several of them gets the text once.',
    optional: true,
    element: groupMenu(groups, groupIds),
  });

const groupMenu = (groups: readonly GroupRow[], chosen: readonly number[]) => {
  const offered = groups.map(groupOption);
  const initial = offered.filter(({ value }) => chosen.includes(Number(value)));
  return {
    type: 'multi_static_select' as const,
    ...offer(offered),
    ...(initial.length > 0 && { initial_options: initial }),
  };
};

/** The number stays whole, however long the name. */
const groupOption = ({ id, name, members }: GroupRow): PlainTextOption => {
  const size = ` (${count(members)})`;
  return option(plainName(name, 75 - size.length) + size, id);
};

const ANY = option('is in any of the groups', 'any');
const ALL = option('is in all of the groups', 'all');
const EVERY_KIND = option('Patients and staff', 'any');
const PATIENTS = option('Patients only', 'PATIENT');
const STAFF = option('Staff only', 'STAFF');

export const audienceInputs = (
  { groups, languages = [], earlier = [] }: AudienceChoices,
  audience: Audience,
): KnownBlock[] => [
  input({
    block: SEND_BLOCKS.match,
    label: 'Goes to whoever',
    element: { type: 'radio_buttons', options: [ANY, ALL], initial_option: audience.match === 'all' ? ALL : ANY },
  }),
  input({
    block: SEND_BLOCKS.except,
    label: 'Except groups',
    optional: true,
    element: groupMenu(groups, audience.exceptGroupIds),
  }),
  ...languageInput(languages, audience),
  input({
    block: SEND_BLOCKS.kind,
    label: 'Patients or staff',
    element: { type: 'radio_buttons', options: [EVERY_KIND, PATIENTS, STAFF], initial_option: kindOption(audience) },
  }),
  ...earlierInput(earlier, audience),
  ...fileAndCap(audience),
];

const fileAndCap = ({ capDays }: Audience): KnownBlock[] => [
  input({
    block: SEND_BLOCKS.file,
    label: 'A file for this send alone',
    hint: 'A CSV of patient ids or mobile numbers that are known already; it counts like one more group.',
    optional: true,
    element: { type: 'file_input', filetypes: ['csv', 'txt'], max_files: 1 },
  }),
  input({
    block: SEND_BLOCKS.cap,
    label: 'Leave out who got a send in the last … days',
    hint: 'Left empty, nobody is left out for that.',
    optional: true,
    element: {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: '365',
      ...(capDays !== null && { initial_value: String(capDays) }),
    },
  }),
];

const kindOption = ({ kind }: Audience): PlainTextOption =>
  kind === null ? EVERY_KIND : kind === 'STAFF' ? STAFF : PATIENTS;

const languageInput = (languages: readonly string[], audience: Audience): KnownBlock[] => {
  const offered = languages.map((code) => option(code === NO_LANGUAGE ? 'Not known' : language(code), code));
  const initial = offered.filter(({ value }) => audience.languages.includes(value ?? ''));
  if (offered.length < 2) return [];
  return [
    input({
      block: SEND_BLOCKS.languages,
      label: 'Only these languages',
      optional: true,
      element: {
        type: 'multi_static_select',
        ...offer(offered),
        ...(initial.length > 0 && { initial_options: initial }),
      },
    }),
  ];
};

const LONGEST_VALUE = 75;

/** What a choice is on its way through Slack: `12:answered:YES`. */
const valueOf = (earlier: EarlierSend): string =>
  [earlier.campaignId, earlier.who, ...(earlier.who === 'answered' ? [earlier.answer] : [])].join(':');

const earlierInput = (earlier: readonly EarlierChoice[], audience: Audience): KnownBlock[] => {
  const groups = earlier.map(({ campaignId, name, answers }) => ({
    label: option(`Send ${campaignId}: ${plainName(name, 55)}`, '').text,
    options: [
      ...answers.map((answer) =>
        option(`${campaignId}: answered ${plainName(answer, 50)}`, valueOf({ campaignId, who: 'answered', answer })),
      ),
      option(`${campaignId}: did not answer`, valueOf({ campaignId, who: 'silent' })),
      option(`${campaignId}: was not reached`, valueOf({ campaignId, who: 'undelivered' })),
    ].filter(({ value = '' }) => value.length <= LONGEST_VALUE),
  }));
  if (groups.length === 0) return [];
  const chosen = audience.earlier === null ? undefined : valueOf(audience.earlier);
  const initial = groups.flatMap(({ options }) => options).find(({ value }) => value === chosen);
  return [
    input({
      block: SEND_BLOCKS.earlier,
      label: 'Only those of an earlier send who',
      optional: true,
      element: { type: 'static_select', option_groups: groups, ...(initial && { initial_option: initial }) },
    }),
  ];
};

export type ReadAudience =
  { readonly ok: true; readonly audience: Audience } | { readonly ok: false; readonly errors: Record<string, string> };

export const readAudienceInputs = (values: ViewValues): ReadAudience => {
  const ids = (block: string): number[] =>
    allChosenIn(values, block).flatMap((value) => (/^\d{1,15}$/.test(value) ? [Number(value)] : []));
  const kind = chosenIn(values, SEND_BLOCKS.kind);
  const [file] = filesIn(values, SEND_BLOCKS.file);
  const cap = typedIn(values, SEND_BLOCKS.cap);
  const audience: Audience = {
    ...EVERYBODY,
    groupIds: ids(SEND_BLOCKS.groups),
    match: chosenIn(values, SEND_BLOCKS.match) === 'all' ? 'all' : 'any',
    exceptGroupIds: ids(SEND_BLOCKS.except),
    languages: allChosenIn(values, SEND_BLOCKS.languages),
    kind: kind === 'PATIENT' || kind === 'STAFF' ? kind : null,
    earlier: readEarlier(chosenIn(values, SEND_BLOCKS.earlier)),
    file: file ? { fileId: file.id, name: file.name || 'list.csv' } : null,
    capDays: cap === '' ? null : Number(cap),
  };
  const { exceptGroupIds, groupIds, capDays } = audience;
  const errors = {
    ...(!namesSomebody(audience) && {
      [SEND_BLOCKS.groups]: 'Choose at least one group (or, further down, an earlier send or a file).',
    }),
    ...(exceptGroupIds.some((id) => groupIds.includes(id)) && {
      [SEND_BLOCKS.except]: 'A group cannot be chosen and left out at once.',
    }),
    ...(capDays !== null &&
      !(Number.isInteger(capDays) && capDays >= 1 && capDays <= 365) && {
        [SEND_BLOCKS.cap]: 'Write a whole number of days from 1 to 365, or leave it empty.',
      }),
  };
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, audience };
};

const readEarlier = (value: string | undefined): EarlierSend | null => {
  const [, id = '', who = '', answer = ''] =
    /^(\d{1,15}):(answered|silent|undelivered)(?::([\s\S]+))?$/.exec(value ?? '') ?? [];
  const campaignId = Number(id);
  if (who === 'answered') return { campaignId, who, answer };
  return who === 'silent' || who === 'undelivered' ? { campaignId, who } : null;
};
