import { formatDate, dateFormatFault } from './date-filter';

/** One filter of our subset. All take and give text: a patient's fields are text, whatever they look like. */
export interface TemplateFilter {
  readonly minArgs: number;
  readonly maxArgs: number;
  /** What is wrong with these arguments, as a sentence; placeholders among them come as undefined. */
  readonly fault?: (args: readonly (string | undefined)[]) => string | undefined;
  readonly apply: (value: string, args: readonly string[]) => string;
}

/** "MARY ANN" and "mary ann" become "Mary Ann"; what is in mixed case ("McKay", "de la Cruz") is left as it is written. */
const capitalize = (value: string): string => {
  const mixed = value !== value.toUpperCase() && value !== value.toLowerCase();
  if (mixed) return value;
  return value.toLowerCase().replace(NAME_START, (letter) => letter.toUpperCase());
};

/** The first letter of a word, and the one after O' or D'. */
const NAME_START = /(?<![\p{L}\p{M}'’])\p{L}|(?<=(?<![\p{L}\p{M}])\p{L}['’])\p{L}/gu;

/** The filters that a text may use; everything else of Liquid's is left out, so that nothing can loop, read or fetch. */
export const TEMPLATE_FILTERS: ReadonlyMap<string, TemplateFilter> = new Map<string, TemplateFilter>([
  [
    'default',
    {
      minArgs: 1,
      maxArgs: 1,
      // An empty default would bring back the "Hi ," that defaults are there to prevent.
      fault: ([words]) =>
        words?.trim() === ''
          ? 'A default cannot be empty. Write the words to use instead, such as "there".'
          : undefined,
      apply: (value, [words]) => (value === '' ? (words ?? '') : value),
    },
  ],
  ['upcase', { minArgs: 0, maxArgs: 0, apply: (value) => value.toUpperCase() }],
  ['downcase', { minArgs: 0, maxArgs: 0, apply: (value) => value.toLowerCase() }],
  ['capitalize', { minArgs: 0, maxArgs: 0, apply: capitalize }],
  [
    'date',
    {
      minArgs: 1,
      maxArgs: 2,
      fault: ([format, language]) => dateFormatFault(format, language),
      apply: (value, [format, language]) => formatDate(value, format ?? '', language),
    },
  ],
]);
