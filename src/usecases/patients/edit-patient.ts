import { AppError } from '../../domain/errors';
import { EDITABLE, type EditableField, type PatientEdit } from '../../domain/patient-edit';
import { zonesOf } from '../../domain/patient-time-zones';
import { maskPhone } from '../../domain/phone-number';
import type { PatientChange, StoredPatient } from '../../store/patients';
import type { Tx } from '../../store/store';
import { headKey } from '../conversations/show-reply';
import { notFound, requireRight } from '../permissions';
import type { Clinic, Ports } from '../ports';

/**
 * Changes a profile by hand. A new number takes the opt-out of the old one with it (the patient's will, not the
 * number's), and what waits in the queue for the old one goes to nobody.
 * @returns the fields that differ now
 * @throws AppError FORBIDDEN, NOT_FOUND, ID_TAKEN
 */
export async function editPatient(
  ports: Ports,
  { patientId, edit, actor }: { patientId: number; edit: PatientEdit; actor: string },
): Promise<readonly EditableField[]> {
  await requireRight(ports, actor, 'patients.edit');
  const at = ports.clock.now();
  const changed = await ports.store.transaction(async (tx) => {
    const before = await tx.patients.byId(patientId);
    if (!before) throw notFound('patient', patientId);
    const after = merged(before, edit, ports.clinic);
    const fields = EDITABLE.filter((field) => (before[field] ?? null) !== (after[field] ?? null));
    if (fields.length === 0) return fields;
    const moved = fields.includes('phone') ? await moveNumber(tx, { before, after, at }) : {};
    await tx.patients.update(patientId, { ...after, ...moved, updatedAt: at });
    const detail = { before: masked(before, fields), after: masked(after, fields) };
    await tx.audit.append({ at, actor, action: 'patient.edit', subject: `patient:${patientId}`, patientId, detail });
    await touchConversations(tx, [before.phone, after.phone]);
    return fields;
  });
  ports.wake.posts();
  return changed;
}

type Profile = Pick<StoredPatient, EditableField | 'zones' | 'zonesFrom'>;

function merged(before: StoredPatient, edit: PatientEdit, clinic: Clinic): Profile {
  const text = (field: 'language' | 'zip' | 'timeZone'): string | null =>
    edit[field] === undefined ? before[field] : edit[field];
  const name = (field: 'firstName' | 'lastName'): string =>
    edit[field] === undefined ? before[field] : (edit[field] ?? '');
  const phone = edit.phone ?? before.phone;
  const [zip, timeZone] = [text('zip'), text('timeZone')];
  const where = zonesOf({ phone, clinicZone: clinic.timeZone, zip: zip ?? undefined, timeZone: timeZone ?? undefined });
  const [firstName, lastName] = [name('firstName'), name('lastName')];
  const zones = { zones: where.zones.join(','), zonesFrom: where.source };
  return { firstName, lastName, phone, language: text('language'), zip, timeZone, ...zones };
}

async function moveNumber(
  tx: Tx,
  { before, after, at }: { before: StoredPatient; after: Profile; at: Date },
): Promise<Partial<PatientChange>> {
  const former = await tx.patients.phone(before.phone);
  if (former?.optedOutAt != null && (await tx.patients.phone(after.phone))?.optedOutAt == null) {
    await tx.patients.optOut(after.phone, { at, via: 'former number' });
  }
  const campaigns = await tx.queue.skipFormerNumber(before.id, before.phone, at);
  for (const id of new Set(campaigns)) await tx.posts.touch(`campaign:${id}`);
  if (before.externalId !== before.phone) return {};
  // A profile without an id of its own goes by its number.
  if ((await tx.patients.byExternalIds([after.phone])).length > 0) {
    throw new AppError('ID_TAKEN', {
      message: `patient ${before.id} cannot have the number of another profile`,
      userMessage: 'Another profile goes by this number already.',
    });
  }
  return { externalId: after.phone };
}

async function touchConversations(tx: Tx, phones: readonly string[]): Promise<void> {
  for (const phone of new Set(phones)) {
    const conversation = await tx.conversations.byPhone(phone);
    if (conversation) await tx.posts.touch(headKey(conversation.id));
  }
}

/** For the record: enough to see what happened, and nothing that only Reveal shows. */
const masked = (profile: Profile, fields: readonly EditableField[]): Record<string, string | null> =>
  Object.fromEntries(fields.map((field) => [field, MASKS[field]?.(profile[field] ?? '') ?? profile[field] ?? null]));

const initialOf = (text: string): string => (text === '' ? '' : `${[...text][0] ?? ''}…`);

const MASKS: Partial<Record<EditableField, (value: string) => string>> = {
  firstName: initialOf,
  lastName: initialOf,
  phone: maskPhone,
  zip: (zip) => (zip === '' ? '' : `${zip.slice(0, 3)}••`),
};
