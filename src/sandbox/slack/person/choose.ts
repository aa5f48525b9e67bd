/** What a person can put into an element: only what the element offers. */
import { HttpError } from '../../http';
import type { ViewValues } from '../../contract';
import { holdsState, initialState, placedElements } from '../elements';
import type { SlackContext } from '../context';
import { fileJson } from '../format';
import type { Json } from '../model';

const asList = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

const offered = (element: Json): Json[] => [
  ...asList(element['options']),
  ...asList(element['option_groups']).flatMap((group) => asList(group['options'])),
];

/** The option of the element with this value, whole, so that a driver may give only `{ value }`. */
const optionOf = (element: Json, chosen: unknown): Json => {
  const value = (chosen as Json | null)?.['value'];
  if (element['type'] === 'external_select' || element['type'] === 'multi_external_select') return chosen as Json;
  const option = offered(element).find((one) => one['value'] === value);
  if (option === undefined) {
    const values = offered(element).map((one) => String(one['value']));
    throw new HttpError(
      400,
      `${String(element['action_id'])} has no option "${String(value)}", only ${values.join(', ')}.`,
    );
  }
  return option;
};

const fileOf = (context: SlackContext, reference: Json): Json => {
  const file = context.world.files.get(String(reference['id']));
  if (file === undefined) throw new HttpError(400, `There is no file ${String(reference['id'])}: upload it first.`);
  return fileJson(context, file);
};

/** The element's state with what was chosen, checked and completed. */
export const chosenState = (context: SlackContext, element: Json, chosen: Json): Json => {
  const state: Json = { ...initialState(element), ...chosen, type: element['type'] };
  if (chosen['selected_option'] != null) state['selected_option'] = optionOf(element, chosen['selected_option']);
  if (chosen['selected_options'] !== undefined) {
    state['selected_options'] = asList(chosen['selected_options']).map((option) => optionOf(element, option));
  }
  if (chosen['files'] !== undefined) {
    state['files'] = asList(chosen['files']).map((file) => fileOf(context, file));
  }
  return state;
};

/** What the inputs hold, with what the person put in just now. */
export const withValues = (
  context: SlackContext,
  blocks: readonly Json[],
  values: { before: ViewValues; given: ViewValues },
): ViewValues => {
  const elements = placedElements(blocks).filter(({ element }) => holdsState(element));
  const result = structuredClone(values.before);
  for (const [blockId, actions] of Object.entries(values.given)) {
    for (const [actionId, chosen] of Object.entries(actions)) {
      const placed = elements.find((one) => one.blockId === blockId && one.element['action_id'] === actionId);
      if (placed === undefined) throw new HttpError(400, `There is no input ${actionId} in a block ${blockId}.`);
      (result[blockId] ??= {})[actionId] = chosenState(context, placed.element, chosen);
    }
  }
  return result;
};
