/** Walking through Block Kit: which elements hold a state, and what it is before anybody touched them. */
import type { ViewValues } from '../contract';
import { newSecret } from './ids';
import type { Json } from './model';

export interface PlacedElement {
  readonly blockId: string;
  readonly block: Json;
  readonly element: Json;
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/** The places in a block where an interactive element can stand, whatever the block's type. */
const elementsIn = (block: Json): Json[] =>
  [...asList([block['element'], block['accessory']]), ...asList(block['elements']), ...asList(block['actions'])].filter(
    (element) => typeof element['type'] === 'string' && 'action_id' in element,
  );

const nestedBlocks = (block: Json): Json[] => [
  ...asList(block['child_blocks']),
  ...(block['type'] === 'carousel' ? asList(block['elements']) : []),
];

export const placedElements = (blocks: readonly Json[]): PlacedElement[] =>
  blocks.flatMap((block) => [
    ...elementsIn(block).map((element) => ({ blockId: String(block['block_id']), block, element })),
    ...placedElements(nestedBlocks(block)),
  ]);

const INTERACTIVE =
  /^(button|checkboxes|datepicker|datetimepicker|timepicker|radio_buttons|overflow|.*_select|.*_input|icon_button|feedback_buttons|workflow_button)$/;

const withActionId = (value: unknown): unknown =>
  isJson(value) && INTERACTIVE.test(String(value['type'])) && value['action_id'] === undefined
    ? { ...value, action_id: newSecret().slice(0, 5) }
    : value;

/** Slack names every block, and every interactive element, that the app left without an id. */
export const withIds = (blocks: readonly Json[]): Json[] =>
  blocks.map((block) => ({
    ...block,
    block_id: block['block_id'] ?? newSecret().slice(0, 5),
    ...('element' in block && { element: withActionId(block['element']) }),
    ...('accessory' in block && { accessory: withActionId(block['accessory']) }),
    ...(Array.isArray(block['elements']) && { elements: block['elements'].map(withActionId) }),
    ...(Array.isArray(block['child_blocks']) && { child_blocks: withIds(asList(block['child_blocks'])) }),
  }));

type StateOf = (element: Json) => Json;

const one =
  (field: string, initial: string): StateOf =>
  (element) => ({ [field]: element[initial] ?? null });

const many =
  (field: string, initial: string): StateOf =>
  (element) => ({ [field]: element[initial] ?? [] });

const INITIAL_STATE: Record<string, StateOf> = {
  plain_text_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
  rich_text_input: (element) => (element['initial_value'] ? { rich_text_value: element['initial_value'] } : {}),
  static_select: one('selected_option', 'initial_option'),
  external_select: one('selected_option', 'initial_option'),
  radio_buttons: one('selected_option', 'initial_option'),
  users_select: one('selected_user', 'initial_user'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  channels_select: one('selected_channel', 'initial_channel'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: one('selected_date_time', 'initial_date_time'),
  checkboxes: many('selected_options', 'initial_options'),
  multi_static_select: many('selected_options', 'initial_options'),
  multi_external_select: many('selected_options', 'initial_options'),
  multi_users_select: many('selected_users', 'initial_users'),
  multi_conversations_select: many('selected_conversations', 'initial_conversations'),
  multi_channels_select: many('selected_channels', 'initial_channels'),
  file_input: () => ({ files: [] }),
};

export const holdsState = (element: Json): boolean => String(element['type']) in INITIAL_STATE;

export const initialState = (element: Json): Json => ({
  type: element['type'],
  ...INITIAL_STATE[String(element['type'])]?.(element),
});

/**
 * What all the inputs hold, given what they held before. An input that stands in a changed view under the same block and
 * action id keeps what the person put in, whatever its new initial value is: so does Slack's.
 */
export const stateOf = (blocks: readonly Json[], before: ViewValues = {}): ViewValues => {
  const values: ViewValues = {};
  for (const { blockId, element } of placedElements(blocks)) {
    if (!holdsState(element)) continue;
    const actionId = String(element['action_id']);
    const kept = before[blockId]?.[actionId];
    const isSame = kept !== undefined && kept['type'] === element['type'];
    (values[blockId] ??= {})[actionId] = isSame ? kept : initialState(element);
  }
  return values;
};
