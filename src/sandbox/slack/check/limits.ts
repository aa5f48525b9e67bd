/** Slack's limits that the types' comments do not name, or not in a form that the generator can read. */
import type { Json } from '../model';
import { explanation } from './schemas';

export interface Finding {
  readonly text: string;
  readonly pointer: string;
}

type Check = (value: Json, pointer: string) => Finding[];

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Greatest length of the text in a text object, or of a string, by the field's name in things of a type. */
const LONGEST: Record<string, Record<string, number>> = {
  '*': { placeholder: 150, external_id: 255 },
  option: { text: 75, description: 75 },
  option_group: { label: 75 },
  confirm: { title: 100, text: 300, confirm: 30, deny: 30 },
  input: { hint: 2000 },
  plain_text_input: { initial_value: 3000 },
  image: { image_url: 3000 },
};

const MOST_ITEMS: Record<string, Record<string, number>> = {
  overflow: { options: 5 },
  option_group: { options: 100 },
  table: { rows: 100 },
  file_input: { filetypes: 100 },
};

/** Lists that must not be empty. */
const AT_LEAST_ONE = new Set(['elements', 'options', 'option_groups', 'fields', 'rows']);

const HIGHEST: Record<string, Record<string, readonly [number, number]>> = {
  file_input: { max_files: [1, 10] },
  plain_text_input: { min_length: [0, 3000], max_length: [1, 3000] },
};

const PATTERNS: Record<string, RegExp> = {
  initial_date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  initial_time: /^([01]\d|2[0-3]):[0-5]\d$/,
};

/** Options, option groups and confirmations have no `type`: they are known by where they stand. */
const PLACES: Record<string, string> = {
  options: 'option',
  initial_options: 'option',
  initial_option: 'option',
  option_groups: 'option_group',
  confirm: 'confirm',
};

const textIn = (value: unknown): string => (isJson(value) ? String(value['text'] ?? '') : String(value ?? ''));

const lengths =
  (kind: string): Check =>
  (value, pointer) =>
    Object.entries({ ...LONGEST['*'], ...LONGEST[kind] }).flatMap(([field, longest]) =>
      [...textIn(value[field])].length > longest
        ? [{ text: `must be less than ${longest + 1} characters`, pointer: `${pointer}/${field}` }]
        : [],
    );

const counts =
  (kind: string): Check =>
  (value, pointer) =>
    Object.entries(value).flatMap(([field, list]) => {
      if (!Array.isArray(list)) return [];
      const most = MOST_ITEMS[kind]?.[field] ?? Infinity;
      if (list.length > most) return [{ text: `no more than ${most} items allowed`, pointer: `${pointer}/${field}` }];
      const isMissing = list.length === 0 && AT_LEAST_ONE.has(field);
      return isMissing ? [{ text: 'must provide at least 1 item', pointer: `${pointer}/${field}` }] : [];
    });

const ranges =
  (kind: string): Check =>
  (value, pointer) =>
    Object.entries(HIGHEST[kind] ?? {}).flatMap(([field, [low, high]]) => {
      const number = value[field];
      const isOutside = typeof number === 'number' && (number < low || number > high);
      return isOutside ? [{ text: `must be from ${low} to ${high}`, pointer: `${pointer}/${field}` }] : [];
    });

const patterns: Check = (value, pointer) =>
  Object.entries(PATTERNS).flatMap(([field, pattern]) =>
    field in value && !pattern.test(String(value[field]))
      ? [{ text: 'failed to match the required pattern', pointer: `${pointer}/${field}` }]
      : [],
  );

const emptyText: Check = (value, pointer) => {
  const isText = value['type'] === 'plain_text' || value['type'] === 'mrkdwn';
  return isText && value['text'] === '' ? [{ text: 'must be more than 0 characters', pointer: `${pointer}/text` }] : [];
};

const badUrl: Check = (value, pointer) => {
  const { url } = value;
  const isBad = value['type'] === 'button' && typeof url === 'string' && !URL.canParse(url);
  return isBad ? [{ text: 'must be a valid URL', pointer: `${pointer}/url` }] : [];
};

const walk = (value: unknown, pointer: string, kind: string): Finding[] => {
  if (Array.isArray(value)) return value.flatMap((one, index) => walk(one, `${pointer}/${index}`, kind));
  if (!isJson(value)) return [];
  const type = typeof value['type'] === 'string' ? value['type'] : kind;
  const checks = [lengths(type), counts(type), ranges(type), patterns, emptyText, badUrl];
  const here = checks.flatMap((check) => check(value, pointer));
  const below = Object.entries(value).flatMap(([field, one]) => walk(one, `${pointer}/${field}`, PLACES[field] ?? ''));
  return [...here, ...below];
};

/** Everything in these blocks that breaks one of the limits above, in Slack's words. */
export const brokenLimits = (blocks: readonly unknown[], pointer: string): string[] =>
  walk(blocks, pointer, '').map((finding) => explanation(finding.text, finding.pointer));
