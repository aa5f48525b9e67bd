import type { GroupRow } from '../../domain/cards/card';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';

/** @throws AppError FORBIDDEN */
export async function listGroups(ports: Ports, actor: string): Promise<GroupRow[]> {
  await requireRight(ports, actor, 'patients.find');
  return (await ports.store.groups.list()).map(({ id, name, _count }) => ({ id, name, members: _count.members }));
}
