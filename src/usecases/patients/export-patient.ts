import type { StoredPatient } from '../../store/patients';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';

const MOST_AUDIT_ROWS = 10_000;

/**
 * All that is kept of a patient, as a file for the one who asks, in their DM with the app. On the record.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function exportPatient(
  ports: Ports,
  { patientId, actor }: { patientId: number; actor: string },
): Promise<void> {
  await requireRight(ports, actor, 'patients.export');
  const content = await patientData(ports, { patientId, actor });
  await ports.room.giveFile(actor, {
    name: `patient-${patientId}.json`,
    content: Buffer.from(content),
    comment: 'All that CareThread keeps of this patient, for your eyes only. Delete the file when you have used it.',
  });
}

/** As JSON. For who has the database in hand: on the command line nobody's role is asked. @throws AppError NOT_FOUND */
export async function patientData(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  { patientId, actor }: { patientId: number; actor: string },
): Promise<string> {
  const patient = await store.patients.byId(patientId);
  if (!patient) throw notFound('patient', patientId);
  const at = clock.now();
  const groups = (await store.groups.ofPatients([patientId])).map(({ group }) => group.name);
  const sharedWith = (await store.patients.byPhone(patient.phone)).length - 1;
  const texts = await store.erasures.textsOf({ patientId, phone: patient.phone });
  const record = { at, actor, action: 'patient.export', subject: `patient:${patientId}`, patientId };
  await store.transaction((tx) => tx.audit.append({ ...record, detail: { texts: texts.length } }));
  const rows = await store.audit.page(
    { patient: { id: patientId, phone: patient.phone } },
    { skip: 0, take: MOST_AUDIT_ROWS },
  );
  const data = {
    exportedAt: at,
    profile: profileOf(patient),
    groups,
    phone: await store.patients.phone(patient.phone),
    /** Texts of a shared number may be to and from any of them. */
    otherPatientsWithThisNumber: sharedWith,
    texts,
    record: rows.map(({ at: when, actor: who, action, subject, detail }) => ({
      at: when,
      actor: who,
      action,
      subject,
      detail: JSON.parse(detail) as unknown,
    })),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

const profileOf = ({ fields, zones, ...patient }: StoredPatient) => ({
  ...patient,
  zones: zones.split(','),
  fields: JSON.parse(fields) as unknown,
});
