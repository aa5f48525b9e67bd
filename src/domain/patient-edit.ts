import { languageOf } from './patient-file/language';
import { timeZoneOf, zipOf } from './patient-file/place';
import { cellText } from './patient-file/text';
import { parsePhoneNumber, phoneProblemText } from './phone-number';

/** The fields of a profile that staff may change by hand. */
export const EDITABLE = ['firstName', 'lastName', 'phone', 'language', 'zip', 'timeZone'] as const;
export type EditableField = (typeof EDITABLE)[number];

/** As in a file's cells: empty leaves a value as it is, `--` clears it. */
export type PatientForm = Readonly<Record<EditableField, string>>;

/** What was filled in, understood; null clears. */
export type PatientEdit = Readonly<Partial<Record<EditableField, string | null>>>;

export type PatientEditRead =
  | { readonly ok: true; readonly edit: PatientEdit }
  | { readonly ok: false; readonly errors: Readonly<Partial<Record<EditableField, string>>> };

const LONGEST_VALUE = 200;

interface Reading {
  readonly read: (text: string, country: string) => string | null;
  readonly problem: (text: string, country: string) => string;
}

const phoneIn = (text: string, country: string): string | null => {
  const result = parsePhoneNumber(text, country);
  return result.ok ? result.e164 : null;
};

const phoneProblem = (text: string, country: string): string => {
  const result = parsePhoneNumber(text, country);
  return result.ok ? '' : phoneProblemText(result.reason);
};

const asIs: Reading = { read: (text) => text, problem: () => '' };

/** The same readers as for a file's columns. */
const READINGS: Readonly<Record<EditableField, Reading>> = {
  firstName: asIs,
  lastName: asIs,
  phone: { read: phoneIn, problem: phoneProblem },
  language: { read: languageOf, problem: () => 'This is not understood as a language. Write Spanish, or es.' },
  zip: { read: zipOf, problem: () => 'This is not a US ZIP code: five digits, like 02118.' },
  timeZone: {
    read: timeZoneOf,
    problem: () => 'This is not understood as a time zone. Write Eastern, or America/New_York.',
  },
};

/** Validates what somebody typed as an import does, and says at each field what is wrong with it. */
export const readPatientForm = (form: PatientForm, country: string): PatientEditRead => {
  const edit: Partial<Record<EditableField, string | null>> = {};
  const errors: Partial<Record<EditableField, string>> = {};
  for (const field of EDITABLE) {
    const text = cellText(form[field]);
    if (text === undefined) continue;
    if (text === null) {
      if (field === 'phone') errors.phone = 'A patient needs a number. To stop texts to it, use Opt out.';
      else edit[field] = null;
      continue;
    }
    const value = READINGS[field].read(text, country);
    if (text.length > LONGEST_VALUE) errors[field] = `At most ${LONGEST_VALUE} characters.`;
    else if (value === null) errors[field] = READINGS[field].problem(text, country);
    else edit[field] = value;
  }
  return Object.keys(errors).length === 0 ? { ok: true, edit } : { ok: false, errors };
};
