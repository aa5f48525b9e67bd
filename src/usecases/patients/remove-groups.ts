import type { GroupOutcome, GroupQuestion, GroupRemoval } from '../../domain/cards/group-cards';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../store/store';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { dropGroupRoute } from '../settings/group-route';
import { requireNoImportUnderWay, requireNoSendGathering, sendsNaming } from './groups-in-use';

/** So many patients leave a group in one transaction: it takes about as long as a blink, in which others wait. */
const AT_ONCE = 5_000;

export interface GroupOrder {
  readonly what: GroupRemoval;
  readonly groupId: number;
  /** Merging: the group that its patients go into. */
  readonly intoId: number | null;
}

/** What will happen, before it does. @throws AppError FORBIDDEN, NOT_FOUND, GROUP_INTO_ITSELF */
export async function askAboutGroup(ports: Ports, order: GroupOrder, actor: string): Promise<GroupQuestion> {
  await requireRight(ports, actor, 'patients.import');
  return questionOf(ports, order, false);
}

async function questionOf(
  { store, clinic }: Ports,
  { what, groupId, intoId }: GroupOrder,
  hasChanged: boolean,
): Promise<GroupQuestion> {
  const route = clinic.conversations.current().routes.find(({ of, id }) => of === 'group' && id === groupId);
  return {
    what,
    group: await liveGroup(store, groupId),
    into: what === 'merge' ? await target(store, groupId, intoId) : null,
    sends: await sendsNaming(store, groupId),
    channel: route?.channel ?? null,
    hasChanged,
  };
}

export type GroupAnswer =
  | { readonly done: true; readonly outcome: GroupOutcome }
  /** Others are in it than were told of: it is asked again. */
  | { readonly done: false; readonly question: GroupQuestion };

/**
 * Takes patients out of a group, or puts them into another, and deletes it if that was asked for. Nobody's profile changes,
 * nor a send whose patients are fixed. Done twice it is done once.
 *
 * @param order.members how many were in it when it was asked for
 * @throws AppError FORBIDDEN, NOT_FOUND, GROUP_INTO_ITSELF, IMPORT_UNDER_WAY, SEND_BEING_PREPARED
 */
export async function removeGroup(
  ports: Ports,
  order: GroupOrder & { readonly members: number },
  actor: string,
): Promise<GroupAnswer> {
  await requireRight(ports, actor, 'patients.import');
  const { store, clinic } = ports;
  const before = await store.groups.everById(order.groupId);
  if (!before) throw notFound('group', order.groupId);
  const into = order.what === 'merge' ? await store.groups.everById(order.intoId ?? 0) : null;
  const outcome = { what: order.what, name: before.name, other: into?.name ?? null, patients: before._count.members };
  const isDone = before.deletedAt !== null || (order.what === 'empty' && before._count.members === 0);
  if (isDone) return { done: true, outcome: { ...outcome, already: true } };
  if (before._count.members !== order.members) return { done: false, question: await questionOf(ports, order, true) };
  for (let first = true, more = true; more; first = false) {
    more = await store.transaction((tx) => removeSome(ports, { tx, order, actor, first }));
  }
  await clinic.conversations.refresh();
  return { done: true, outcome: { ...outcome, already: false } };
}

interface Step {
  readonly tx: Tx;
  readonly order: GroupOrder & { readonly members: number };
  readonly actor: string;
  readonly first: boolean;
}

/** @returns whether there is more to do */
async function removeSome({ clock }: Ports, { tx, order, actor, first }: Step): Promise<boolean> {
  const { what, groupId, intoId } = order;
  const at = clock.now();
  const subject = `group:${groupId}`;
  // A deleted group has nothing to hold still for: what is left in it nobody sees.
  if (first || what !== 'delete') {
    await requireNoImportUnderWay(tx);
    await requireNoSendGathering(tx, [groupId, intoId ?? groupId]);
  }
  if (first) {
    const now = await liveGroup(tx, groupId);
    const detail = { patients: now.members, ...(intoId !== null && { into: intoId }) };
    await tx.audit.append({ at, actor, action: `group.${what}`, subject, detail });
    if (what === 'delete') await end(tx, { groupId, actor, at });
  }
  const into = what === 'merge' ? (await target(tx, groupId, intoId)).id : null;
  const left =
    into === null ? await tx.groups.removeSome(groupId, AT_ONCE) : await tx.groups.moveSome(groupId, into, AT_ONCE);
  if (left === AT_ONCE) return true;
  if (what === 'merge') await end(tx, { groupId, actor, at });
  return false;
}

/** Its name stays on what was sent to it; replies of its patients take the usual way. */
async function end(tx: Tx, { groupId, actor, at }: { groupId: number; actor: string; at: Date }): Promise<void> {
  await tx.groups.markDeleted(groupId, at);
  await dropGroupRoute(tx, { groupId, actor, at });
}

async function liveGroup({ groups }: Pick<Tx, 'groups'>, id: number) {
  const group = await groups.everById(id);
  if (!group || group.deletedAt !== null) throw notFound('group', id);
  return { id, name: group.name, members: group._count.members };
}

async function target(tx: Pick<Tx, 'groups'>, groupId: number, intoId: number | null) {
  if (intoId === groupId)
    throw new AppError('GROUP_INTO_ITSELF', {
      message: `group ${groupId} into itself`,
      userMessage: 'These are one and the same group. Name two: /outreach groups merge "A" into "B"',
    });
  return liveGroup(tx, intoId ?? 0);
}
