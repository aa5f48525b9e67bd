/** What Slack's own window checks before a modal is sent to the app. */
import type { ViewValues } from '../../contract';
import type { Json } from '../model';

const isEmpty = (state: Json): boolean =>
  Object.entries(state).every(
    ([field, value]) =>
      field === 'type' ||
      value === null ||
      value === undefined ||
      value === '' ||
      (Array.isArray(value) && !value.length),
  );

const textError = (element: Json, value: string): string | undefined => {
  const { min_length: shortest, max_length: longest } = element;
  if (typeof shortest === 'number' && value.length < shortest) return `Please enter at least ${shortest} characters.`;
  if (typeof longest === 'number' && value.length > longest) return `Please enter at most ${longest} characters.`;
  return value.length > 3000 ? 'Please enter at most 3000 characters.' : undefined;
};

const numberError = (element: Json, value: string): string | undefined => {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) return 'Please enter a number.';
  if (element['is_decimal_allowed'] !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (number < Number(element['min_value'] ?? -Infinity))
    return `Please enter ${String(element['min_value'])} or more.`;
  if (number > Number(element['max_value'] ?? Infinity)) return `Please enter ${String(element['max_value'])} or less.`;
  return undefined;
};

const fileError = (element: Json, files: Json[]): string | undefined => {
  const most = Number(element['max_files'] ?? 10);
  if (files.length > most) return `Please add ${most} files at most.`;
  const types = element['filetypes'];
  const isWrong = (file: Json): boolean => Array.isArray(types) && !types.includes(file['filetype']);
  return files.some(isWrong) ? `Only these files are supported: ${(types as string[]).join(', ')}.` : undefined;
};

const listError = (element: Json, state: Json): string | undefined => {
  const most = element['max_selected_items'];
  const list = Object.values(state).find((value) => Array.isArray(value)) as unknown[] | undefined;
  return typeof most === 'number' && (list?.length ?? 0) > most ? `Please choose ${most} at most.` : undefined;
};

const errorOf = (element: Json, state: Json): string | undefined => {
  const value = String(state['value'] ?? '');
  switch (element['type']) {
    case 'plain_text_input':
      return textError(element, value);
    case 'number_input':
      return numberError(element, value);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(value) ? undefined : 'Please enter a valid URL.';
    case 'file_input':
      return fileError(element, (state['files'] ?? []) as Json[]);
    default:
      return listError(element, state);
  }
};

/** By block id. */
export const inputErrors = (blocks: readonly Json[], values: ViewValues): Record<string, string> => {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block['type'] !== 'input') continue;
    const element = block['element'] as Json;
    const blockId = String(block['block_id']);
    const state = values[blockId]?.[String(element['action_id'])] ?? {};
    const isMissing = isEmpty(state);
    if (isMissing && block['optional'] === true) continue;
    const error = isMissing ? 'Please complete this required field.' : errorOf(element, state);
    if (error !== undefined) errors[blockId] = error;
  }
  return errors;
};
