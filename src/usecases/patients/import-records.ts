import type { StoredPatient } from '../../store/patients';

/** A patient as it will be written; what {@link StagedRow.patient} holds. */
export interface PatientToWrite {
  readonly kind: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly language: string | null;
  readonly zip: string | null;
  readonly state: string | null;
  readonly timeZone: string | null;
  readonly zones: string;
  readonly zonesFrom: string;
  readonly fields: string;
  /** Groups that the patient is put into. */
  readonly groupKeys: readonly string[];
  /** Groups that the patient is taken out of, by `--` or because the file's groups take their place. */
  readonly leaves: readonly string[];
  readonly optedOut: 0 | 1;
}

/** What our books hold of a patient that is in the file. */
export interface Known {
  readonly patient: StoredPatient;
  readonly groupKeys: readonly string[];
  readonly optedOut: boolean;
}
