import type { ViewValues } from '../../contract';
import { statefulElements, valueOf } from './element-state';
import type { Block, BlockElement } from './types';

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What Slack's own client refuses before it asks the app: block id → what is wrong. */
export function clientErrors(blocks: readonly Block[], values: ViewValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, blockId, element } of statefulElements(blocks)) {
    if (block.type !== 'input') continue;
    const value = valueOf(element, values[blockId]?.[element.action_id ?? '']);
    const error = isEmpty(value)
      ? block.optional
        ? undefined
        : 'Please complete this required field.'
      : fault(element, value);
    if (error) errors[blockId] = error;
  }
  return errors;
}

function fault(element: BlockElement, value: unknown): string | undefined {
  const text = String(value);
  switch (element.type) {
    case 'plain_text_input':
      return lengthFault(element, text);
    case 'number_input':
      return numberFault(element, text);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Must be an email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+$/.test(text) ? undefined : 'Must be a web address.';
    default:
      return undefined;
  }
}

function lengthFault(element: BlockElement, text: string): string | undefined {
  if (element.min_length !== undefined && text.length < element.min_length)
    return `Must be at least ${element.min_length} characters.`;
  if (element.max_length !== undefined && text.length > element.max_length)
    return `Must be no more than ${element.max_length} characters.`;
  return undefined;
}

function numberFault(element: BlockElement, text: string): string | undefined {
  const n = Number(text);
  if (!Number.isFinite(n)) return 'Must be a number.';
  if (!element.is_decimal_allowed && !Number.isInteger(n)) return 'Must be a whole number.';
  if (element.min_value !== undefined && n < Number(element.min_value)) return `Must be ${element.min_value} or more.`;
  if (element.max_value !== undefined && n > Number(element.max_value)) return `Must be ${element.max_value} or less.`;
  return undefined;
}
