import { zonesOf } from '../../domain/patient-time-zones';
import { readWindowKey, windowKey } from '../../domain/window-key';
import type { Tx } from '../../store/store';
import { windowKeyOf } from '../patients/window-key-of';
import type { Clinic } from '../ports';

/** Every zone and state in which one of the patients on this number may be: the window must be open in all of them. */
export async function zoneSetOfPhone(tx: Tx, phone: string, clinic: Clinic): Promise<string> {
  const owners = await tx.patients.byPhone(phone);
  if (owners.length === 0) return windowKey({ ...zonesOf({ phone, clinicZone: clinic.timeZone }), states: [] });
  const keys = owners.map((owner) => readWindowKey(windowKeyOf(owner)));
  return windowKey({ zones: keys.flatMap(({ zones }) => zones), states: keys.flatMap(({ states }) => states) });
}
