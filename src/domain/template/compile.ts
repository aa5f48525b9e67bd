import { Liquid, Output, TypeGuards, type Template, type Token } from 'liquidjs';
import { TEMPLATE_FILTERS, type TemplateFilter } from './filters';

/** A text taken apart: words as they are, and slots for a patient's fields. */
export interface CompiledTemplate {
  readonly parts: readonly (string | Slot)[];
}

export interface Slot {
  /** The placeholder's name as written; not necessarily one that exists. */
  readonly name: string;
  readonly filters: readonly SlotFilter[];
  readonly hasDefault: boolean;
}

export interface SlotFilter {
  readonly name: string;
  readonly filter: TemplateFilter;
  readonly args: readonly SlotArgument[];
}

/** `default: "there"` has words, `default: clinic_name` another placeholder. */
export type SlotArgument = { readonly words: string } | { readonly placeholder: string };

export type Compiled =
  { readonly ok: true; readonly template: CompiledTemplate } | { readonly ok: false; readonly sentence: string };

/** Longer than anything that can be sent; a bound for the parser, not a rule of texting. */
const MAX_CHARACTERS = 5000;

/** Why a text cannot be read, in a sentence for who wrote it. */
class TemplateFault extends Error {}

/** Liquid with nothing in it: no tags (so no loops, no include, no render), and only our filters. */
const engine = new Liquid({ strictVariables: true, strictFilters: true, cache: false, parseLimit: MAX_CHARACTERS });
for (const tag of Object.keys(engine.tags)) Reflect.deleteProperty(engine.tags, tag);
for (const filter of Object.keys(engine.filters)) Reflect.deleteProperty(engine.filters, filter);
for (const name of TEMPLATE_FILTERS.keys()) engine.registerFilter(name, (value: unknown) => value);

const EXAMPLE = 'A placeholder looks like {{ first_name }} or {{ first_name | default: "there" }}.';

/** Phones and Slack turn quotes into curly ones while staff type; inside a placeholder they can only mean straight ones. */
const straightenQuotes = (text: string): string =>
  text.replace(/\{\{[\s\S]*?\}\}/g, (placeholder) => placeholder.replace(/[“”„]/g, '"'));

/** Parses a text once; a campaign renders it for hundreds of thousands. */
export const compileTemplate = (text: string): Compiled => {
  const known = cache.get(text);
  if (known) return known;
  const compiled = compileAfresh(text);
  // Oldest out: only what is being sent and edited now is asked for.
  if (cache.size >= CACHED_TEXTS) cache.delete(cache.keys().next().value ?? '');
  cache.set(text, compiled);
  return compiled;
};

const CACHED_TEXTS = 200;
const cache = new Map<string, Compiled>();

const compileAfresh = (text: string): Compiled => {
  if (text.length > MAX_CHARACTERS)
    return { ok: false, sentence: `The text is longer than ${MAX_CHARACTERS} characters. Shorten it.` };
  if (/\{%|%\}/.test(text)) {
    return { ok: false, sentence: `Tags such as {% if %} do not work in texts. ${EXAMPLE}` };
  }
  try {
    return { ok: true, template: { parts: engine.parse(straightenQuotes(text)).map(partOf) } };
  } catch (error) {
    return { ok: false, sentence: error instanceof TemplateFault ? error.message : explainParseError(error) };
  }
};

const partOf = (template: Template): string | Slot => {
  if (template instanceof Output) return slotOf(template);
  const words = wordsOf(template);
  const stray = /\{\{|\}\}/.exec(words)?.[0];
  if (stray !== undefined) throw new TemplateFault(`There is a ${stray} without its other half. ${EXAMPLE}`);
  return words;
};

/** Liquid keeps plain words in an HTML node; rendering it is the public way to read it. */
const wordsOf = (template: Template): string => String(engine.renderSync([template]));

const slotOf = ({ value, token }: Output): Slot => {
  const filters = value.filters.map(({ name, args }) => {
    const filter = TEMPLATE_FILTERS.get(name);
    if (!filter) throw new TemplateFault(unreadable(token.getText()));
    const read = args.map((arg) => (Array.isArray(arg) ? unreadableArgument(token) : argumentOf(arg, token)));
    checkArguments(name, filter, read);
    return { name, filter, args: read };
  });
  return {
    name: nameOf(value.initial.postfix, token),
    filters,
    hasDefault: filters.some(({ name }) => name === 'default'),
  };
};

/** `first name` is read as a (wrong) name with a space, so that the nearest one can be offered; operators are refused. */
const nameOf = (tokens: readonly Token[], output: Token): string => {
  if (tokens.length === 0 || !tokens.every(isName)) throw new TemplateFault(unreadable(output.getText()));
  return tokens.map((token) => token.getText()).join(' ');
};

const isName = (token: Token): boolean => TypeGuards.isPropertyAccessToken(token) && token.variable === undefined;

const argumentOf = (token: Token, output: Token): SlotArgument => {
  if (TypeGuards.isQuotedToken(token)) {
    if (/[{}]/.test(token.content)) throw new TemplateFault(`Braces cannot stand between quotes: ${output.getText()}`);
    return { words: token.content };
  }
  if (TypeGuards.isNumberToken(token)) return { words: token.getText() };
  if (isName(token)) return { placeholder: token.getText() };
  return unreadableArgument(output);
};

const checkArguments = (name: string, filter: TemplateFilter, args: readonly SlotArgument[]): void => {
  if (args.length < filter.minArgs) {
    throw new TemplateFault(
      `“${name}” needs words after it, in quotes. For example {{ first_name | default: "there" }}.`,
    );
  }
  if (args.length > filter.maxArgs) throw new TemplateFault(`“${name}” is followed by too much. ${EXAMPLE}`);
  const fault = filter.fault?.(args.map((arg) => ('words' in arg ? arg.words : undefined)));
  if (fault !== undefined) throw new TemplateFault(fault);
};

const unreadable = (part: string): string => `This cannot be read: ${part}. ${EXAMPLE}`;

const unreadableArgument = (output: Token): never => {
  throw new TemplateFault(unreadable(output.getText()));
};

const explainParseError = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  const filter = /undefined filter: ([^\s,]+)/.exec(message)?.[1];
  if (filter !== undefined) {
    return `There is no filter “${filter}”. These exist: ${[...TEMPLATE_FILTERS.keys()].join(', ')}.`;
  }
  if (/not closed/.test(message)) return `A placeholder is opened with {{ and not closed with }}. ${EXAMPLE}`;
  if (/invalid value expression: ""/.test(message)) return `There is nothing between {{ and }}. ${EXAMPLE}`;
  return `A placeholder cannot be read. ${EXAMPLE}`;
};
