import type { GroupOutcome } from '../../domain/cards/group-cards';
import { AppError } from '../../domain/errors';
import { groupName } from '../../domain/group-words';
import { groupKey } from '../../store/groups';
import type { Tx } from '../../store/store';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { requireNoImportUnderWay } from './groups-in-use';

/** @throws AppError FORBIDDEN, GROUP_NAME_EMPTY, GROUP_NAME_TOO_LONG, GROUP_EXISTS */
export async function createGroup(
  ports: Ports,
  { name, actor }: { name: string; actor: string },
): Promise<GroupOutcome> {
  await requireRight(ports, actor, 'patients.import');
  const tidy = groupName(name);
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    await requireFree(tx, tidy);
    await tx.groups.ensure([tidy], at);
    const made = await tx.groups.byName(tidy);
    if (!made) throw notFound('group', tidy.length);
    await tx.audit.append({ at, actor, action: 'group.create', subject: `group:${made.id}`, detail: { name: tidy } });
  });
  return { what: 'create', name: tidy, other: null, patients: 0, already: false };
}

/**
 * The group stays itself: sends and routes that refer to it show the new name.
 * @throws AppError FORBIDDEN, NOT_FOUND, GROUP_NAME_EMPTY, GROUP_NAME_TOO_LONG, GROUP_EXISTS, IMPORT_UNDER_WAY
 */
export async function renameGroup(
  ports: Ports,
  { groupId, name, actor }: { groupId: number; name: string; actor: string },
): Promise<GroupOutcome> {
  await requireRight(ports, actor, 'patients.import');
  const tidy = groupName(name);
  const at = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    const group = await tx.groups.everById(groupId);
    if (!group || group.deletedAt !== null) throw notFound('group', groupId);
    const outcome = { what: 'rename', name: tidy, other: group.name, patients: group._count.members } as const;
    if (group.name === tidy) return { ...outcome, already: true };
    await requireNoImportUnderWay(tx);
    // Other capitals or spacing are still its own name.
    if (group.key !== groupKey(tidy)) await requireFree(tx, tidy);
    await tx.groups.rename(groupId, tidy);
    const detail = { before: { name: group.name }, after: { name: tidy } };
    await tx.audit.append({ at, actor, action: 'group.rename', subject: `group:${groupId}`, detail });
    return { ...outcome, already: false };
  });
}

async function requireFree(tx: Tx, name: string): Promise<void> {
  const taken = await tx.groups.byName(name);
  if (!taken) return;
  throw new AppError('GROUP_EXISTS', {
    message: `the name is that of group ${taken.id}`,
    userMessage: `There is a group “${taken.name}” already. Choose another name, or put one into the other: /outreach groups merge "A" into "B"`,
  });
}
