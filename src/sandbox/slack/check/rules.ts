/** What Slack demands of blocks beyond their shape. */
import { placedElements } from '../elements';
import type { Json } from '../model';
import { explanation } from './schemas';

/** Where the blocks are to be shown. */
export type Surface = 'message' | 'modal' | 'home';

const duplicates = (values: readonly unknown[]): unknown[] => {
  const given = values.filter((value) => value !== undefined);
  return [...new Set(given.filter((value, index) => given.indexOf(value) !== index))];
};

const uniqueIds = (blocks: readonly Json[], pointer: string): string[] => [
  ...duplicates(blocks.map((block) => block['block_id'])).map((id) =>
    explanation(`\`block_id\` "${String(id)}" already exists`, pointer),
  ),
  ...blocks.flatMap((block, index) =>
    duplicates(placedElements([block]).map(({ element }) => element['action_id'])).map((id) =>
      explanation(`\`action_id\` "${String(id)}" already exists for this block`, `${pointer}/${index}`),
    ),
  ),
];

const sections = (blocks: readonly Json[], pointer: string): string[] =>
  blocks.flatMap((block, index) =>
    block['type'] === 'section' && block['text'] === undefined && block['fields'] === undefined
      ? [explanation('missing required field: text or fields', `${pointer}/${index}`)]
      : [],
  );

const asList = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

const offered = (element: Json): Json[] => [
  ...asList(element['options']),
  ...asList(element['option_groups']).flatMap((group) => asList(group['options'])),
];

/** Selects offer options or groups of them, each value once, and what is chosen at first is one of them. */
const choices = (blocks: readonly Json[], pointer: string): string[] =>
  placedElements(blocks).flatMap(({ element }) => {
    const type = String(element['type']);
    if (!/^(multi_)?static_select$|^checkboxes$|^radio_buttons$|^overflow$/.test(type)) return [];
    const options = offered(element);
    const isEither = (element['options'] === undefined) !== (element['option_groups'] === undefined);
    const values = options.map((option) => option['value']);
    const initial = [element['initial_option'], ...asList(element['initial_options'])].filter(Boolean) as Json[];
    const stranger = initial.find((option) => !values.includes(option['value']));
    return [
      ...(isEither
        ? []
        : [explanation('only one of options and option_groups is allowed, and one is needed', pointer)]),
      ...duplicates(values).map((value) => explanation(`duplicate option value: ${String(value)}`, pointer)),
      ...(stranger ? [explanation(`initial option not among the options: ${String(stranger['value'])}`, pointer)] : []),
    ];
  });

/** Blocks that messages alone can hold. */
const MESSAGE_ONLY = new Set(['markdown', 'table', 'context_actions', 'task_card', 'plan', 'file']);

const places = (blocks: readonly Json[], pointer: string, surface: Surface): string[] => [
  ...blocks.flatMap((block, index) =>
    surface !== 'message' && MESSAGE_ONLY.has(String(block['type']))
      ? [explanation(`unsupported type: ${String(block['type'])}`, `${pointer}/${index}/type`)]
      : [],
  ),
  ...placedElements(blocks).flatMap(({ element }) =>
    surface !== 'modal' && element['type'] === 'file_input'
      ? [explanation('unsupported element: file_input is for modals', pointer)]
      : [],
  ),
];

const focus = (blocks: readonly Json[], pointer: string): string[] => {
  const focused = placedElements(blocks).filter(({ element }) => element['focus_on_load'] === true);
  return focused.length > 1 ? [explanation('only one element can have focus_on_load', pointer)] : [];
};

const MOST_MARKDOWN = 12_000;

const markdown = (blocks: readonly Json[], pointer: string): string[] => {
  const texts = blocks.filter((block) => block['type'] === 'markdown').map((block) => String(block['text']));
  return texts.join('').length > MOST_MARKDOWN
    ? [explanation(`must be less than ${MOST_MARKDOWN + 1} characters`, pointer)]
    : [];
};

const tables = (blocks: readonly Json[], pointer: string): string[] => {
  const isTooWide = (block: Json): boolean => asList(block['rows']).some((row) => asList(row).length > 20);
  const all = blocks.filter((block) => block['type'] === 'table');
  return [
    ...(all.length > 1 ? [explanation('only one table is allowed', pointer)] : []),
    ...(all.some(isTooWide) ? [explanation('no more than 20 columns allowed', pointer)] : []),
  ];
};

export const brokenRules = (blocks: readonly Json[], pointer: string, surface: Surface): string[] => [
  ...uniqueIds(blocks, pointer),
  ...sections(blocks, pointer),
  ...choices(blocks, pointer),
  ...places(blocks, pointer, surface),
  ...focus(blocks, pointer),
  ...markdown(blocks, pointer),
  ...tables(blocks, pointer),
];
