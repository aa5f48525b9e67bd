import { compileTemplate, type CompiledTemplate } from './compile';
import { nearestName } from './nearest-name';

/** Something that keeps a text from being saved. */
export interface Problem {
  readonly kind: 'empty' | 'unreadable' | 'unknown placeholder' | 'wrong braces';
  /** For who writes the text: what is wrong and what to do. */
  readonly sentence: string;
}

/** Everything that is wrong with a text; empty when it can be saved. `known` are the placeholders that exist. */
export const checkTemplateText = (text: string, known: readonly string[]): readonly Problem[] => {
  if (text.trim() === '') return [{ kind: 'empty', sentence: 'The text is empty. Write what patients should read.' }];
  const compiled = compileTemplate(text);
  if (!compiled.ok) return [{ kind: 'unreadable', sentence: compiled.sentence }];
  return [...unknownPlaceholders(compiled.template, known), ...wrongBraces(compiled.template, known)];
};

const unknownPlaceholders = ({ parts }: CompiledTemplate, known: readonly string[]): readonly Problem[] => {
  const isUnknown = (name: string): boolean => !known.includes(name);
  const slots = parts.filter((part) => typeof part !== 'string');
  const used = slots.map(({ name }) => name).filter(isUnknown);
  const asArguments = slots
    .flatMap(({ filters }) => filters.flatMap(({ args }) => args))
    .flatMap((arg) => ('placeholder' in arg ? [arg.placeholder] : []))
    .filter(isUnknown);
  const problem = (name: string, hint: string): Problem => ({
    kind: 'unknown placeholder',
    sentence: `There is no placeholder “${name}”.${hint} These exist: ${known.join(', ')}.`,
  });
  return [
    ...[...new Set(used)].map((name) => problem(name, didYouMean(name, known))),
    ...[...new Set(asArguments)].map((name) => problem(name, ` If you mean words, put them in quotes: "${name}".`)),
  ];
};

const didYouMean = (name: string, known: readonly string[]): string => {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean {{ ${nearest} }}?`;
};

/**
 * `{first_name}`, `[First Name]` and `<first name>` are what other programs use: patients would read them as they stand.
 * Square and pointed brackets are common in texts, so that they count only around the name of a placeholder.
 */
const wrongBraces = ({ parts }: CompiledTemplate, known: readonly string[]): readonly Problem[] => {
  const words = parts.map((part) => (typeof part === 'string' ? part : '\u0000')).join('');
  const found = [...words.matchAll(/\{([^{}\u0000]*)\}|\[([^[\]\u0000]*)\]|<([^<>\u0000]*)>/g)];
  const isKnown = (name: string): boolean => known.some((one) => simplify(one) === simplify(name));
  return found
    .filter(([, curly, square, pointed]) => curly !== undefined || isKnown(square ?? pointed ?? ''))
    .map(([whole, curly, square, pointed]) => {
      const name = curly ?? square ?? pointed ?? '';
      const meant = nearestName(name, known);
      const mend = meant === undefined ? 'Take it out, or write a placeholder' : `Write {{ ${meant} }}`;
      return { kind: 'wrong braces', sentence: `“${whole}” would be texted as it stands. ${mend}.` };
    });
};

const simplify = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');
