import type { PatientRowCard } from '../../domain/cards/patient-cards';
import { maskedName } from '../../domain/masking';
import { maskPhone } from '../../domain/phone-number';
import { WindowWatch } from '../../domain/window-watch';
import { windowKeyOf } from './window-key-of';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';

const MOST = 10;

/** Patients by id, phone number or name, masked. @throws AppError FORBIDDEN */
export async function findPatients(
  ports: Ports,
  { actor, words }: { actor: string; words: string },
): Promise<PatientRowCard[]> {
  await requireRight(ports, actor, 'patients.find');
  const { store, clock, clinic } = ports;
  const found = await store.patients.find(words, MOST);
  const groups = await store.groups.ofPatients(found.map(({ id }) => id));
  const windows = new WindowWatch(clinic.textingHours.current);
  const rows: PatientRowCard[] = [];
  for (const patient of found) {
    const phone = await store.patients.phone(patient.phone);
    const window = windows.at(windowKeyOf(patient), clock.now(), 'conversation');
    rows.push({
      who: maskedName(patient.firstName, patient.lastName),
      externalId: patient.externalId,
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
    });
  }
  return rows;
}
