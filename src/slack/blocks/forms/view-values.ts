/** What people filled in, as Slack sends it; Bolt's `view.state.values` is one of these. By block id, then by action id. */
export type ViewValues = Record<string, Record<string, ViewStateValue>>;

export interface ViewStateValue {
  readonly value?: string | null;
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_conversation?: string | null;
  readonly selected_options?: readonly { readonly value?: string }[];
  readonly selected_date_time?: number | null;
  readonly files?: readonly { readonly id: string; readonly name?: string | null }[];
}

/** Each input block of ours holds one element, with this action id. */
export const INPUT = 'input';

const inputOf = (values: ViewValues, block: string, action = INPUT): ViewStateValue | undefined =>
  values[block]?.[action];

export const typedIn = (values: ViewValues, block: string, action = INPUT): string =>
  inputOf(values, block, action)?.value ?? '';

export const chosenIn = (values: ViewValues, block: string): string | undefined =>
  inputOf(values, block)?.selected_option?.value;

/** A channel that was chosen; null = none. */
export const channelIn = (values: ViewValues, block: string): string | null =>
  inputOf(values, block)?.selected_conversation ?? null;

export const allChosenIn = (values: ViewValues, block: string): readonly string[] =>
  (inputOf(values, block)?.selected_options ?? []).flatMap(({ value }) => (value === undefined ? [] : [value]));

export const timeIn = (values: ViewValues, block: string): Date | null => {
  const seconds = inputOf(values, block)?.selected_date_time ?? null;
  return seconds === null ? null : new Date(seconds * 1000);
};

export const filesIn = (values: ViewValues, block: string): readonly { readonly id: string; readonly name: string }[] =>
  (inputOf(values, block)?.files ?? []).map(({ id, name }) => ({ id, name: name ?? '' }));
