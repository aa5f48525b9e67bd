import type { SandboxMessage, ViewValues } from '../contract';

/** Block Kit as it is read by somebody who looks for a word or a button in it. */
type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object in a tree, outermost first. */
export function* objectsIn(tree: unknown): Generator<Json> {
  if (Array.isArray(tree)) for (const item of tree) yield* objectsIn(item);
  else if (isJson(tree)) {
    yield tree;
    for (const value of Object.values(tree)) yield* objectsIn(value);
  }
}

const textOf = (value: unknown): string => (isJson(value) && typeof value.text === 'string' ? value.text : '');

/** All words that a message or a view shows, a line each. */
export const wordsIn = (tree: unknown): string =>
  [...objectsIn(tree)]
    .flatMap(({ type, text }) => (typeof text === 'string' && typeof type === 'string' ? [text] : []))
    .join('\n');

/** As it is read: without the joiners that keep a patient's signs from doing anything. */
export const wordsOf = (message: SandboxMessage): string =>
  (message.blocks.length === 0 ? message.text : wordsIn(message.blocks)).replace(/\u2060/g, '');

export interface FoundButton {
  readonly label: string;
  readonly actionId: string;
  /** Several buttons of a message may have the same action; in a block it stands once. */
  readonly blockId: string;
}

export const buttonsIn = (blocks: readonly unknown[]): FoundButton[] =>
  blocks.flatMap((block) =>
    [...objectsIn(block)]
      .filter(({ type, action_id }) => type === 'button' && typeof action_id === 'string')
      .map((button) => ({
        label: textOf(button.text),
        actionId: String(button.action_id),
        blockId: isJson(block) ? String(block.block_id) : '',
      })),
  );

export const blocksOf = (view: unknown): readonly unknown[] =>
  isJson(view) && Array.isArray(view.blocks) ? (view.blocks as unknown[]) : [];

export interface FoundMenu {
  readonly actionId: string;
  readonly blockId: string;
  /** The option as Slack sends it. */
  readonly choice: { readonly selected_option: unknown };
}

const MENUS: ReadonlySet<unknown> = new Set(['static_select', 'radio_buttons', 'overflow']);

/** The menu that offers this option. @throws Error when none does */
export const menuWith = (blocks: readonly unknown[], text: string): FoundMenu => {
  for (const block of blocks) {
    for (const menu of objectsIn(block)) {
      if (!MENUS.has(menu.type)) continue;
      const option = [...objectsIn([menu.options, menu.option_groups])].find(
        (one) => 'value' in one && textOf(one.text) === text,
      );
      const blockId = isJson(block) ? String(block.block_id) : '';
      if (option) return { actionId: String(menu.action_id), blockId, choice: { selected_option: option } };
    }
  }
  throw new Error(`no menu offers “${text}”`);
};

/** What somebody puts into a field: words, the text of an option (or several), a date, file ids. */
export type FieldValue = string | readonly string[] | Date;

interface Field {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Json;
}

export const fieldsIn = (view: unknown): Map<string, Field> => {
  const fields = new Map<string, Field>();
  for (const block of objectsIn(view)) {
    if (block.type !== 'input' || !isJson(block.element)) continue;
    const { element } = block;
    fields.set(textOf(block.label), { blockId: String(block.block_id), actionId: String(element.action_id), element });
  }
  return fields;
};

const optionOf = (element: Json, text: string): unknown => {
  const found = [...objectsIn([element.options, element.option_groups])].find(
    (option) => 'value' in option && textOf(option.text).startsWith(text),
  );
  if (!found) throw new Error(`there is no option “${text}”`);
  return found;
};

const stateOf = (element: Json, value: FieldValue): Record<string, unknown> => {
  const type = String(element.type);
  const list = Array.isArray(value) ? (value as string[]) : [];
  if (value instanceof Date) return { type, selected_date_time: Math.floor(value.getTime() / 1000) };
  if (type === 'multi_static_select') return { type, selected_options: list.map((text) => optionOf(element, text)) };
  if (type === 'static_select' || type === 'radio_buttons')
    return { type, selected_option: optionOf(element, value as string) };
  if (type === 'checkboxes') return { type, selected_options: list.map((text) => optionOf(element, text)) };
  if (type === 'conversations_select') return { type, selected_conversation: value };
  if (type === 'file_input') return { type, files: list.map((id) => ({ id })) };
  return { type, value: value };
};

/** The state of a form whose fields, found by their labels, were filled in. @throws Error naming a label that is not there */
export function fill(view: unknown, answers: Readonly<Record<string, FieldValue>>): ViewValues {
  const fields = fieldsIn(view);
  const values: ViewValues = {};
  for (const [label, value] of Object.entries(answers)) {
    const field = fields.get(label);
    if (!field) throw new Error(`there is no field “${label}”; there are: ${[...fields.keys()].join(', ')}`);
    values[field.blockId] = { [field.actionId]: stateOf(field.element, value) };
  }
  return values;
}
