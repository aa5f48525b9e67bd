import { clipWords } from './clip-words';
import { plainKey } from './plain-key';
import { type Nameable, type NamedGroup, readClauses } from './send-clauses';
import { readSendTime } from './send-time';
import { nearestName } from './template/nearest-name';
import type { TimeZone } from './time-zone';

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
  /** `meant`: the words with the nearest names put in, when that leaves nothing open. `rest`: what was understood of them. */
  | { readonly ok: false; readonly problems: readonly string[]; readonly meant: string | null; readonly rest: string };

/**
 * Reads `"second dose" to "2nd dose", "Staff" except "Volunteers" at 9am tomorrow`. `and` is for who is in all of the
 * groups, a comma or `or` for who is in any.
 */
export const readSendWords = (words: string, { templates, groups, now, zone }: SendWordsContext): SendWords => {
  const said = readClauses(words, { templates, groups });
  const finder = new NameFinder();
  const template = said.template === null ? undefined : finder.find(said.template, templates, 'template');
  const named = said.groups.map((one) => ({ ...one, group: finder.find(one.name, groups, 'group') }));
  const joins = new Set(named.flatMap(({ after }) => after ?? []));
  if (joins.size > 1)
    finder.fault('Use either “and” (whoever is in all of the groups) or “or” (whoever is in any of them), not both.');
  const time = said.time === '' ? { ok: true as const, startAt: null } : readSendTime(said.time, now, zone);
  if (!time.ok) finder.fault(time.problem);
  const { problems, isMendable } = finder;
  if (problems.length > 0 || !time.ok) {
    const meant = isMendable ? inWords({ template, named, time: said.time }) : null;
    const rest = inWords(understood({ template, named, time: time.ok ? said.time : '' }, said.template));
    return { ok: false, problems, meant, rest: joins.size > 1 ? '' : rest };
  }
  const ids = (isExcept: boolean): number[] => [
    ...new Set(named.flatMap((one) => (one.isExcept === isExcept && one.group ? [one.group.id] : []))),
  ];
  const match = joins.has('and') ? 'all' : 'any';
  const { startAt } = time;
  return { ok: true, templateId: template?.id, groupIds: ids(false), match, exceptGroupIds: ids(true), startAt };
};

const isNamed = (one: Nameable | undefined, name: string | null): boolean =>
  one !== undefined && name !== null && plainKey(one.name) === plainKey(name);

/** Without what was only guessed; and no groups at all where the missing one was to make them fewer people. */
const understood = ({ template, named, time }: Meant, templateName: string | null): Meant => {
  const found = named.filter(({ group, name }) => isNamed(group, name));
  const narrows = named.some(({ isExcept, after }) => isExcept || after === 'and');
  return {
    template: isNamed(template, templateName) ? template : undefined,
    named: narrows && found.length < named.length ? [] : found,
    time,
  };
};

/** Looks names up, and notes which are not there. */
class NameFinder {
  readonly problems: string[] = [];
  /** Whether everything would be clear with the nearest names in place of those that are not there. */
  isMendable = true;

  find(name: string, list: readonly Nameable[], kind: 'template' | 'group'): Nameable | undefined {
    const found = list.find((one) => isNamed(one, name));
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

const MOST_NAMES = 12;

const unknownName = (
  name: string,
  { kind, names, nearest }: { kind: string; names: readonly string[]; nearest: string | undefined },
): string => {
  const says = `There is no ${kind} “${clipWords(name)}”.`;
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
