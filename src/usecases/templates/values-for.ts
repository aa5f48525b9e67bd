import type { StoredPatient } from '../../store/patients';
import type { Clinic } from '../ports';

/** What a template's placeholders stand for, for one patient. */
export const valuesFor = (
  patient: Pick<StoredPatient, 'firstName' | 'lastName' | 'language' | 'fields'>,
  clinic: Clinic,
): Record<string, string | undefined> => ({
  ...(JSON.parse(patient.fields) as Record<string, string>),
  first_name: patient.firstName,
  last_name: patient.lastName,
  language: patient.language ?? undefined,
  clinic_name: clinic.name,
});
