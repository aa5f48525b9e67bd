import { zonesOf } from '../../domain/patient-time-zones';
import type { Tx } from '../../store/store';
import type { Clinic } from '../ports';

/** Every zone in which one of the patients on this number may be: the window must be open in all of them. */
export async function zoneSetOfPhone(tx: Tx, phone: string, clinic: Clinic): Promise<string> {
  const owners = await tx.patients.byPhone(phone);
  if (owners.length === 0) return zonesOf({ phone, clinicZone: clinic.timeZone }).zones.join(',');
  return [...new Set(owners.flatMap(({ zones }) => zones.split(',')))].sort().join(',');
}
