import type { GroupRow } from '../../domain/cards/card';
import { AppError } from '../../domain/errors';
import type { NamePair } from '../../domain/group-words';
import { groupKey } from '../../store/groups';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { groupByName } from './find-groups';
import { listGroups } from './list-groups';

/**
 * Of the ways to read two names, the one that fits the groups that there are.
 * @throws AppError FORBIDDEN, GROUP_WORDS when there are not two names, GROUP_UNKNOWN
 */
export async function groupOfPair(
  ports: Ports,
  { pairs, actor, verb }: { pairs: readonly NamePair[]; actor: string; verb: 'rename' | 'merge' },
): Promise<{ group: GroupRow; to: string }> {
  await requireRight(ports, actor, 'patients.import');
  const groups = await listGroups(ports, actor);
  const named = (name: string): GroupRow | undefined => groups.find((group) => groupKey(group.name) === groupKey(name));
  const fitting = pairs.filter(({ from }) => named(from));
  const best = (verb === 'merge' ? fitting.find(({ to }) => named(to)) : undefined) ?? fitting[0] ?? pairs[0];
  if (!best) throw needsTwo(verb);
  return { group: await groupByName(ports, best.from, actor), to: best.to };
}

const needsTwo = (verb: 'rename' | 'merge'): AppError =>
  new AppError('GROUP_WORDS', {
    message: 'no two names',
    userMessage: `Write both names: /outreach groups ${verb === 'rename' ? 'rename "2nd dose" to "Second dose"' : 'merge "2nd dose" into "Second dose"'}`,
  });
