import { AppError } from './errors';
import { compileTemplate, type CompiledTemplate, type Slot } from './template/compile';

export { checkTemplateText, type Problem } from './template/check';

/**
 * Texts with placeholders, in a safe subset of Liquid: `{{ first_name }}`, `{{ first_name | default: "there" }}`,
 * `{{ visit | date: "%B %-d" }}`, with the filters default, upcase, downcase, capitalize and date. A patient's own fields
 * are put in as they are and are never read as Liquid.
 */
export const STANDARD_PLACEHOLDERS = ['first_name', 'last_name', 'clinic_name', 'language'] as const;

export interface Placeholder {
  readonly name: string;
  /** True when every place where it stands has a `default`: nobody is left out for lack of it. */
  readonly hasDefault: boolean;
}

export type PlaceholderValues = Readonly<Record<string, string | undefined>>;

export type RenderedTemplate =
  | { readonly ok: true; readonly text: string }
  /** The placeholders that are empty for this patient, who is left out. */
  | { readonly ok: false; readonly missing: readonly string[] };

/**
 * The placeholders of a text, each once, in order of appearance; those in a `default: clinic_name` too.
 *
 * @throws AppError TEMPLATE_UNREADABLE
 */
export const placeholdersOf = (text: string): readonly Placeholder[] => {
  const found = new Map<string, boolean>();
  const add = (name: string, hasDefault: boolean): void => {
    found.set(name, (found.get(name) ?? true) && hasDefault);
  };
  for (const slot of slotsOf(compiledOrThrow(text))) {
    add(slot.name, slot.hasDefault);
    for (const { args } of slot.filters) for (const arg of args) if ('placeholder' in arg) add(arg.placeholder, false);
  }
  return [...found].map(([name, hasDefault]) => ({ name, hasDefault }));
};

/**
 * The text for one patient. A placeholder that is empty and has no default makes the patient be left out, rather than
 * texted "Hi ,". Values lose white space at their ends and line breaks inside; the text loses white space at its ends.
 *
 * @throws AppError TEMPLATE_UNREADABLE for a text that {@link checkTemplateText} would refuse
 */
export const renderTemplate = (text: string, values: PlaceholderValues): RenderedTemplate => {
  const missing = new Set<string>();
  let rendered = '';
  for (const part of compiledOrThrow(text).parts) {
    if (typeof part === 'string') {
      rendered += part;
      continue;
    }
    const value = fill(part, values);
    if (value === '') missing.add(part.name);
    rendered += value;
  }
  if (missing.size > 0) return { ok: false, missing: [...missing] };
  return { ok: true, text: rendered.replace(/\r\n?/g, '\n').trim() };
};

const compiledOrThrow = (text: string): CompiledTemplate => {
  const compiled = compileTemplate(text);
  if (compiled.ok) return compiled.template;
  throw new AppError('TEMPLATE_UNREADABLE', {
    message: 'a template text that cannot be read was to be used',
    userMessage: compiled.sentence,
  });
};

const slotsOf = ({ parts }: CompiledTemplate): readonly Slot[] => parts.filter((part) => typeof part !== 'string');

/** Empty when it has to count as missing, also when a filter made it empty. */
const fill = (slot: Slot, values: PlaceholderValues): string => {
  let value = valueOf(slot.name, values);
  if (value === '' && !slot.hasDefault) return '';
  for (const { filter, args } of slot.filters) {
    value = filter.apply(
      value,
      args.map((arg) => ('words' in arg ? arg.words : valueOf(arg.placeholder, values))),
    );
  }
  return value.trim();
};

/** Own properties only: a field called `constructor` is not what JavaScript has under that name. */
const valueOf = (name: string, values: PlaceholderValues): string => {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value === undefined ? '' : value.replace(/\s+/g, ' ').trim();
};
