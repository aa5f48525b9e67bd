import type { InputBlock, InputBlockElement, PlainTextOption } from '@slack/types';
import { plain } from '../elements';
import { INPUT } from './view-values';

/** An element of an input block of ours: its action id is given by {@link input}. */
type Unnamed<T> = T extends unknown ? Omit<T, 'action_id'> : never;

export interface InputOptions {
  readonly block: string;
  readonly label: string;
  readonly element: Unnamed<InputBlockElement>;
  readonly hint?: string;
  readonly optional?: boolean;
  /** When the app is told while somebody fills it in; otherwise all have the same. */
  readonly action?: string;
}

export const input = ({ block, label, element, hint, optional, action = INPUT }: InputOptions): InputBlock => ({
  type: 'input',
  block_id: block,
  label: plain(label, 2000),
  element: { ...element, action_id: action },
  ...(hint !== undefined && { hint: plain(hint, 2000) }),
  ...(optional === true && { optional: true }),
});

const LONGEST_OPTION = 75;

export const option = (text: string, value: string | number): PlainTextOption => ({
  text: plain(text, LONGEST_OPTION),
  value: String(value),
});

const MOST_OPTIONS = 100;

/** A list for a menu. Slack takes 100 options, or 100 groups of 100: a longer list is cut into groups, none is left out. */
export const offer = (
  options: readonly PlainTextOption[],
):
  | { readonly options: PlainTextOption[] }
  | { readonly option_groups: { label: PlainTextOption['text']; options: PlainTextOption[] }[] } => {
  if (options.length <= MOST_OPTIONS) return { options: [...options] };
  const groups = Array.from(
    { length: Math.min(MOST_OPTIONS, Math.ceil(options.length / MOST_OPTIONS)) },
    (_, index) => {
      const part = options.slice(index * MOST_OPTIONS, (index + 1) * MOST_OPTIONS);
      const from = index * MOST_OPTIONS + 1;
      return { label: plain(`${from} – ${from + part.length - 1}`), options: part };
    },
  );
  return { option_groups: groups };
};
