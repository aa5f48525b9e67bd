import { type Audience, readAudience } from '../../domain/audience';
import { AppError } from '../../domain/errors';
import { groupKey } from '../../store/groups';
import type { Tx } from '../../store/store';

/** What refers to groups: sends, and imports that are being saved. */

const names = ({ groupIds, exceptGroupIds }: Audience, wanted: readonly number[]): boolean =>
  [...groupIds, ...exceptGroupIds].some((id) => wanted.includes(id));

/** Sends that are not over and name the group. Their patients are fixed: nothing that is done to the group changes them. */
export async function sendsNaming({ campaigns }: Pick<Tx, 'campaigns'>, groupId: number): Promise<number[]> {
  const open = await campaigns.inState(['DRAFT', 'AWAITING_APPROVAL', 'SCHEDULED', 'RUNNING', 'PAUSED']);
  return open.filter(({ audience }) => names(readAudience(audience), [groupId])).map(({ id }) => id);
}

/** While a send's patients are being gathered from the group, it must hold still. @throws AppError SEND_BEING_PREPARED */
export async function requireNoSendGathering({ campaigns }: Tx, groupIds: readonly number[]): Promise<void> {
  const gathering = (await campaigns.unfrozen()).find(({ audience }) => names(readAudience(audience), groupIds));
  if (!gathering) return;
  throw new AppError('SEND_BEING_PREPARED', {
    message: `campaign ${gathering.id} is being frozen`,
    userMessage: `Send ${gathering.id} is being prepared from this group right now. Wait for its card, then try again.`,
  });
}

/** An import that is being saved finds its groups by name. @throws AppError IMPORT_UNDER_WAY */
export async function requireNoImportUnderWay({ imports }: Tx): Promise<void> {
  const [running] = await imports.underWay();
  if (!running) return;
  throw new AppError('IMPORT_UNDER_WAY', {
    message: `import ${running.id} is being written`,
    userMessage: `Patients of ${running.fileName} are being saved right now. Nothing was changed: wait until its card says that it is done, then try again.`,
  });
}

/** A large file is saved in steps: meanwhile a part of a group is missing. @throws AppError GROUP_BEING_SAVED */
export async function requireWholeGroups(
  { imports }: Tx,
  groups: readonly { readonly id: number; readonly name: string; readonly key: string }[],
): Promise<void> {
  for (const { id, fileName, state, summary } of await imports.underWay()) {
    const { groups: saved = [] } = JSON.parse(summary) as { groups?: readonly string[] };
    const keys = new Set(saved.map(groupKey));
    const partly = groups.find(({ key }) => keys.has(key));
    if (!partly) continue;
    const what = state === 'UNDOING' ? 'being taken back' : 'being saved';
    throw new AppError('GROUP_BEING_SAVED', {
      message: `group ${partly.id} is in import ${id}, which is not written whole`,
      userMessage: `Patients of “${partly.name}” are still ${what} (${fileName}): some would be missing. Wait until its card says that it is done, then send.`,
    });
  }
}
