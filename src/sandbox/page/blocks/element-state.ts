import type { ViewValues } from '../../contract';
import type { Block, BlockElement, ElementState, Option } from './types';

/** The one field of an element's state that its value stands in. */
const FIELD: Readonly<Record<string, string>> = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
  static_select: 'selected_option',
  radio_buttons: 'selected_option',
  multi_static_select: 'selected_options',
  checkboxes: 'selected_options',
  users_select: 'selected_user',
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
  multi_users_select: 'selected_users',
  multi_channels_select: 'selected_channels',
  multi_conversations_select: 'selected_conversations',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  file_input: 'files',
};

export function valueOf(element: BlockElement, state: ElementState | undefined): unknown {
  return state?.[FIELD[element.type] ?? 'value'] ?? null;
}

export function stateWith(element: BlockElement, value: unknown): ElementState {
  return { type: element.type, [FIELD[element.type] ?? 'value']: value };
}

function initialValue(e: BlockElement, currentChannel: string | undefined): unknown {
  switch (e.type) {
    case 'static_select':
    case 'radio_buttons':
      return e.initial_option ?? null;
    case 'multi_static_select':
    case 'checkboxes':
      return e.initial_options ?? [];
    case 'users_select':
      return e.initial_user ?? null;
    case 'channels_select':
      return e.initial_channel ?? null;
    case 'conversations_select':
      return e.initial_conversation ?? (e.default_to_current_conversation ? (currentChannel ?? null) : null);
    case 'multi_users_select':
      return e.initial_users ?? [];
    case 'multi_channels_select':
      return e.initial_channels ?? [];
    case 'multi_conversations_select':
      return e.initial_conversations ?? [];
    case 'datepicker':
      return e.initial_date ?? null;
    case 'timepicker':
      return e.initial_time ?? null;
    case 'datetimepicker':
      return e.initial_date_time ?? null;
    case 'file_input':
      return [];
    default:
      return e.initial_value ?? null;
  }
}

export interface PlacedElement {
  readonly block: Block;
  readonly blockId: string;
  readonly element: BlockElement;
}

/** Every element of these blocks that holds a value, wherever it stands. */
export function statefulElements(blocks: readonly Block[]): PlacedElement[] {
  return blocks.flatMap((block) => {
    const inner = (block.elements ?? []).filter((e): e is BlockElement => block.type === 'actions' && 'type' in e);
    const here = [block.element, block.accessory, ...inner].filter((e) => e !== undefined && e.type in FIELD);
    const placed = here.map((element) => ({ block, blockId: block.block_id ?? '', element: element as BlockElement }));
    return [...placed, ...statefulElements(block.child_blocks ?? [])];
  });
}

/** What the person chose, completed by initial values; an input whose block_id and action_id stay keeps its value. */
export function valuesOf(blocks: readonly Block[], chosen: ViewValues, currentChannel?: string): ViewValues {
  const values: ViewValues = {};
  for (const { blockId, element } of statefulElements(blocks)) {
    const actionId = element.action_id ?? '';
    const kept = chosen[blockId]?.[actionId];
    const state = kept?.type === element.type ? kept : stateWith(element, initialValue(element, currentChannel));
    values[blockId] = { ...values[blockId], [actionId]: stillOffered(element, state) };
  }
  return values;
}

/** An option that an updated view no longer offers cannot stay chosen. */
function stillOffered(element: BlockElement, state: ElementState): ElementState {
  const offered = allOptions(element);
  if (offered.length === 0) return state;
  const has = (o: Option): boolean => offered.some((x) => x.value === o.value);
  const value = valueOf(element, state);
  if (Array.isArray(value)) return stateWith(element, (value as Option[]).filter(has));
  return value === null || has(value as Option) ? state : stateWith(element, null);
}

export function allOptions(element: BlockElement): Option[] {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((g) => g.options)];
}
