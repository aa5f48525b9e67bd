import type { PatientCard, PatientMessage, PatientRowCard } from '../../domain/cards/patient-cards';
import { maskedId, maskedName } from '../../domain/masking';
import { can, type ResolvedRoles } from '../../domain/permissions';
import { maskPhone } from '../../domain/phone-number';
import { WindowWatch } from '../../domain/window-watch';
import type { StoredPatient } from '../../store/patients';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { revealTarget } from './reveal';
import { windowKeyOf } from './window-key-of';

const MOST_MESSAGES = 6;

/** One patient, masked, as this person may see them. @throws AppError FORBIDDEN, NOT_FOUND */
export async function patientCard(
  ports: Ports,
  { actor, patientId }: { actor: string; patientId: number },
): Promise<PatientCard> {
  await requireRight(ports, actor, 'patients.find');
  const patient = await ports.store.patients.byId(patientId);
  if (!patient) throw notFound('patient', patientId);
  const [row] = await patientRows(ports, [patient]);
  if (!row) throw notFound('patient', patientId);
  const { store } = ports;
  const roles = await ports.directory.roles();
  const phone = await store.patients.phone(patient.phone);
  return {
    ...row,
    optedOutVia: phone?.optedOutVia ?? null,
    optedOutBy: phone?.optedOutVia === 'staff' ? phone.optedOutNote : null,
    sharedWith: (await store.patients.byPhone(patient.phone)).length - 1,
    messages: await messagesOf(ports, patient.phone, can(actor, 'conversations.answer', roles)),
    permalink: await threadOf(ports, patient.phone),
    reveal: can(actor, 'patients.reveal', roles) ? revealTarget(ports.clinic, { patientId }) : null,
    may: rightsOf(actor, roles),
  };
}

const rightsOf = (actor: string, roles: ResolvedRoles): PatientCard['may'] => ({
  edit: can(actor, 'patients.edit', roles),
  optOut: can(actor, 'conversations.optOut', roles),
  undoOptOut: can(actor, 'optOuts.undo', roles),
  text: can(actor, 'conversations.start', roles),
  export: can(actor, 'patients.export', roles),
  erase: can(actor, 'patients.erase', roles),
});

/** Profiles with the state of their texting window. */
export async function patientRows(
  { store, clock, clinic }: Ports,
  patients: readonly StoredPatient[],
): Promise<PatientRowCard[]> {
  const groups = await store.groups.ofPatients(patients.map(({ id }) => id));
  const windows = new WindowWatch(clinic.textingHours.current);
  return Promise.all(
    patients.map(async (patient) => {
      const phone = await store.patients.phone(patient.phone);
      const window = windows.at(windowKeyOf(patient), clock.now(), 'conversation');
      return {
        patientId: patient.id,
        who: maskedName(patient.firstName, patient.lastName),
        externalId: maskedId(patient.externalId, patient.phone),
        phone: maskPhone(patient.phone),
        isStaff: patient.kind === 'STAFF',
        language: patient.language,
        groups: groups.filter(({ patientId }) => patientId === patient.id).map(({ group }) => group.name),
        zones: patient.zones.split(','),
        zonesFrom: patient.zonesFrom,
        windowOpen: window.open,
        windowUntil: window.until,
        optedOutAt: phone?.optedOutAt ?? null,
        badSince: phone?.badSince ?? null,
      };
    }),
  );
}

async function messagesOf({ store }: Ports, phone: string, mayRead: boolean): Promise<PatientMessage[]> {
  const recent = await store.messages.recentOf(phone, MOST_MESSAGES);
  return recent.map(({ direction, createdAt, submittedAt, text, state, replyClass, answer }) => ({
    inbound: direction === 'INBOUND',
    at: submittedAt ?? createdAt,
    text: mayRead ? text : null,
    state,
    replyClass,
    answer,
  }));
}

async function threadOf({ store, room }: Ports, phone: string): Promise<string | null> {
  const conversation = await store.conversations.byPhone(phone);
  if (!conversation?.threadTs) return null;
  return room.permalink({ channel: conversation.channel, ts: conversation.threadTs });
}
