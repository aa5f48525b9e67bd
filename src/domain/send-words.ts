import { plainKey } from './plain-key';
import { readSendTime } from './send-time';
import { nearestName } from './template/nearest-name';
import type { TimeZone } from './time-zone';

/** What can be named after `/outreach send`. */
export interface Nameable {
  readonly id: number;
  readonly name: string;
}

export interface SendWordsContext {
  readonly templates: readonly Nameable[];
  readonly groups: readonly Nameable[];
  readonly now: Date;
  /** The clinic's. */
  readonly zone: TimeZone;
}

export type SendWords =
  | {
      readonly ok: true;
      readonly templateId: number | undefined;
      readonly groupIds: readonly number[];
      readonly match: 'any' | 'all';
      readonly exceptGroupIds: readonly number[];
      readonly startAt: Date | null;
    }
  /** `meant`: the words with the nearest names put in, when that leaves nothing open. */
  | { readonly ok: false; readonly problems: readonly string[]; readonly meant: string | null };

type Token = { readonly kind: 'quoted' | 'word' | 'comma'; readonly text: string };

const tokensOf = (words: string): Token[] =>
  [...words.matchAll(/["“”„]([^"“”„]*)["“”„]|(,)|([^\s,"“”„]+)/g)].map(([, quoted, comma, word]) => {
    if (quoted !== undefined) return { kind: 'quoted', text: quoted.trim() };
    return comma === undefined ? { kind: 'word', text: word ?? '' } : { kind: 'comma', text: ',' };
  });

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toLowerCase());

const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join(' ');

const find = (name: string, list: readonly Nameable[]): Nameable | undefined =>
  list.find((one) => plainKey(one.name) === plainKey(name));

const TIME_WORD =
  /^(?:at|on|in|now|from|today|tonight|tomorrow|tmrw|next|this|noon|midnight|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|\d.*)$/i;

/**
 * Reads `"second dose" to "2nd dose", "Staff" except "Volunteers" at 9am tomorrow`. Names may stand without quotation marks
 * where that leaves no doubt. `and` is for who is in all of the groups, a comma or `or` for who is in any.
 */
export const readSendWords = (words: string, context: SendWordsContext): SendWords => {
  const all = tokensOf(words);
  // A template may be called “Back to school at 8”.
  if (all.length === 0 || find(textOf(all), context.templates))
    return resolve({ template: all, groups: [], time: [] }, context);
  const to = splitAt(all, context.templates);
  const template = all.slice(0, to);
  const rest = all.slice(to + 1);
  const timeAt = to < all.length ? timeStart(rest, context.groups) : timeStart(template, context.templates);
  if (to >= all.length)
    return resolve({ template: template.slice(0, timeAt), groups: [], time: template.slice(timeAt) }, context);
  return resolve({ template, groups: rest.slice(0, timeAt), time: rest.slice(timeAt) }, context);
};

/** Where the `to` stands that ends the template's name: the one after which a known name has been said, else the first. */
const splitAt = (tokens: readonly Token[], templates: readonly Nameable[]): number => {
  const places = tokens.flatMap((token, index) => (isWord(token, 'to') ? [index] : []));
  const known = places.find((index) => find(textOf(tokens.slice(0, index)), templates));
  return known ?? places[0] ?? tokens.length;
};

/** Where the time begins: after whole names if there is such a place, else at the first word of a time. */
const timeStart = (tokens: readonly Token[], known: readonly Nameable[]): number => {
  const places = tokens.flatMap(({ kind, text }, index) => (kind === 'word' && TIME_WORD.test(text) ? [index] : []));
  places.push(tokens.length);
  const whole = places.find((place) => {
    const names = namesIn(tokens.slice(0, place));
    return names.length > 0 && names.every(({ name }) => find(name, known));
  });
  return whole ?? places[0] ?? tokens.length;
};

interface NamedGroup {
  readonly name: string;
  readonly isExcept: boolean;
  readonly after: 'and' | 'or' | null;
}

/** The names of a list, and what joins each to the one before. */
const namesIn = (tokens: readonly Token[]): NamedGroup[] => {
  const found: NamedGroup[] = [];
  let isExcept = false;
  let after: NamedGroup['after'] = null;
  let name: Token[] = [];
  const end = (): void => {
    if (name.length > 0) found.push({ name: textOf(name), isExcept, after });
    if (name.length > 0) after = null;
    name = [];
  };
  for (const token of tokens) {
    const joins = token.kind === 'comma' || isWord(token, 'and', 'or', 'except', 'without');
    if (joins) end();
    if (isWord(token, 'and') && !isExcept) after = 'and';
    else if (isWord(token, 'or') && !isExcept) after = 'or';
    else if (isWord(token, 'except', 'without')) isExcept = true;
    else if (!joins) {
      if (token.kind === 'quoted') end();
      name.push(token);
      if (token.kind === 'quoted') end();
    }
  }
  end();
  return found;
};

interface Parts {
  readonly template: readonly Token[];
  readonly groups: readonly Token[];
  readonly time: readonly Token[];
}

/** Looks names up, and notes which are not there. */
class NameFinder {
  readonly problems: string[] = [];
  /** Whether everything would be clear with the nearest names in place of those that are not there. */
  isMendable = true;

  find(name: string, list: readonly Nameable[], kind: 'template' | 'group'): Nameable | undefined {
    const found = find(name, list);
    if (found) return found;
    const names = list.map((one) => one.name);
    const nearest = nearestName(name, names);
    this.fault(unknownName(name, { kind, names, nearest }), nearest !== undefined);
    return list.find((one) => one.name === nearest);
  }

  fault(problem: string, isMendable = false): void {
    this.problems.push(problem);
    this.isMendable &&= isMendable;
  }
}

const resolve = (parts: Parts, { templates, groups, now, zone }: SendWordsContext): SendWords => {
  const finder = new NameFinder();
  const templateName = textOf(parts.template);
  const template = templateName === '' ? undefined : finder.find(templateName, templates, 'template');
  const named = namesIn(parts.groups).map((one) => ({ ...one, group: finder.find(one.name, groups, 'group') }));
  const joins = new Set(named.flatMap(({ after }) => after ?? []));
  if (joins.size > 1)
    finder.fault('Use either “and” (whoever is in all of the groups) or “or” (whoever is in any of them), not both.');
  const words = textOf(parts.time);
  const time = words === '' ? { ok: true as const, startAt: null } : readSendTime(words, now, zone);
  if (!time.ok) finder.fault(time.problem);
  const { problems, isMendable } = finder;
  if (problems.length > 0 || !time.ok)
    return { ok: false, problems, meant: isMendable ? inWords({ template, named, time: words }) : null };
  const ids = (isExcept: boolean): number[] => [
    ...new Set(named.flatMap((one) => (one.isExcept === isExcept && one.group ? [one.group.id] : []))),
  ];
  const match = joins.has('and') ? 'all' : 'any';
  const { startAt } = time;
  return { ok: true, templateId: template?.id, groupIds: ids(false), match, exceptGroupIds: ids(true), startAt };
};

const MOST_NAMES = 12;

const unknownName = (
  name: string,
  { kind, names, nearest }: { kind: string; names: readonly string[]; nearest: string | undefined },
): string => {
  const says = `There is no ${kind} “${name}”.`;
  if (nearest !== undefined) return `${says} Did you mean “${nearest}”?`;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return `${says} There are: ${shown}${names.length > MOST_NAMES ? ' …' : ''}.`;
};

interface Meant {
  readonly template: Nameable | undefined;
  readonly named: readonly (NamedGroup & { readonly group: Nameable | undefined })[];
  readonly time: string;
}

const inWords = ({ template, named, time }: Meant): string => {
  const list = (isExcept: boolean): string =>
    named
      .filter((one) => one.isExcept === isExcept)
      .map(
        ({ group, after }, index) => `${index === 0 ? '' : after === null ? ', ' : ` ${after} `}"${group?.name ?? ''}"`,
      )
      .join('');
  const [to, except] = [list(false), list(true)];
  return [
    template === undefined ? '' : `"${template.name}"`,
    to === '' ? '' : `to ${to}`,
    except === '' ? '' : `except ${except}`,
    time,
  ]
    .filter((part) => part !== '')
    .join(' ');
};
