import type { GroupRow } from '../../domain/cards/card';
import { maskedName } from '../../domain/masking';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';

export interface PatientGroups {
  readonly patientId: number;
  /** Masked. */
  readonly who: string;
  readonly groups: readonly GroupRow[];
  /** Ids of those that the patient is in. */
  readonly chosen: readonly number[];
}

/** Every group, and which of them a patient is in. @throws AppError FORBIDDEN, NOT_FOUND */
export async function groupsOfPatient(
  ports: Ports,
  { patientId, actor }: { patientId: number; actor: string },
): Promise<PatientGroups> {
  await requireRight(ports, actor, 'patients.edit');
  const patient = await ports.store.patients.byId(patientId);
  if (!patient) throw notFound('patient', patientId);
  const groups = (await ports.store.groups.list()).map(({ id, name, _count }) => ({
    id,
    name,
    members: _count.members,
  }));
  const chosen = (await ports.store.groups.ofPatients([patientId])).map(({ groupId }) => groupId);
  return { patientId, who: maskedName(patient.firstName, patient.lastName), groups, chosen };
}

/**
 * Puts a patient into these groups, and a new one if it has a name, and takes them out of those of `before` that are not
 * chosen any more: what somebody else has changed since the form was opened stays.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function setGroupsOfPatient(
  ports: Ports,
  change: { patientId: number; before: readonly number[]; chosen: readonly number[]; newName: string; actor: string },
): Promise<void> {
  const { patientId, before, chosen, newName, actor } = change;
  await requireRight(ports, actor, 'patients.edit');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    if (!(await tx.patients.byId(patientId))) throw notFound('patient', patientId);
    const wanted = (await tx.groups.byIds(chosen)).map(({ id }) => id);
    if (newName !== '') {
      await tx.groups.ensure([newName], at);
      const made = await tx.groups.byName(newName);
      if (made) wanted.push(made.id);
    }
    const added: number[] = [];
    const removed: number[] = [];
    for (const id of wanted) if (await tx.groups.addMember(id, patientId)) added.push(id);
    for (const id of before.filter((one) => !wanted.includes(one)))
      if (await tx.groups.removeMember(id, patientId)) removed.push(id);
    if (added.length + removed.length === 0) return;
    const subject = `patient:${patientId}`;
    await tx.audit.append({ at, actor, action: 'patient.groups', subject, patientId, detail: { added, removed } });
  });
}
