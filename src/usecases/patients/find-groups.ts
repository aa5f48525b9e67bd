import type { GroupRow } from '../../domain/cards/card';
import type { GroupsPage } from '../../domain/cards/group-cards';
import { AppError } from '../../domain/errors';
import { can } from '../../domain/permissions';
import { nearestName } from '../../domain/template/nearest-name';
import { groupKey } from '../../store/groups';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { listGroups } from './list-groups';

const PAGE = 20;
const MOST_NAMES = 12;

export interface GroupsQuery {
  readonly words: string;
  readonly page: number;
}

/** @throws AppError FORBIDDEN, GROUP_UNKNOWN when words are given and no group has them in its name */
export async function groupsPage(ports: Ports, { words, page }: GroupsQuery, actor: string): Promise<GroupsPage> {
  const all = await listGroups(ports, actor);
  const wanted = groupKey(words);
  const found = all.filter(({ name }) => groupKey(name).includes(wanted));
  if (found.length === 0 && words !== '') throw unknownGroup(words, all);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const shown = Math.min(Math.max(0, Math.trunc(page)), pages - 1);
  const mayChange = can(actor, 'patients.import', await ports.directory.roles());
  const rows = found.slice(shown * PAGE, (shown + 1) * PAGE);
  return { rows, all: found.length, page: shown, pages, words, mayChange };
}

/** The group that somebody named. @throws AppError FORBIDDEN, GROUP_UNKNOWN with the nearest name */
export async function groupByName(ports: Ports, name: string, actor: string): Promise<GroupRow> {
  await requireRight(ports, actor, 'patients.import');
  const groups = await listGroups(ports, actor);
  const found = groups.find((group) => groupKey(group.name) === groupKey(name));
  if (!found) throw unknownGroup(name, groups);
  return found;
}

const unknownGroup = (typed: string, groups: readonly GroupRow[]): AppError => {
  const names = groups.map(({ name }) => name);
  const says = typed === '' ? 'Write the name of the group.' : `There is no group “${typed.slice(0, 80)}”.`;
  const nearest = typed === '' ? undefined : nearestName(typed.slice(0, 200), names);
  return new AppError('GROUP_UNKNOWN', {
    message: 'no group of this name',
    userMessage: nearest === undefined ? `${says} ${whatThereIs(names)}` : `${says} Did you mean “${nearest}”?`,
  });
};

const whatThereIs = (names: readonly string[]): string =>
  names.length === 0
    ? 'There is none yet: /outreach groups new "2nd dose"'
    : `There are: ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ' …' : ''}.`;
