import type { Known, PatientToWrite } from './import-records';

const COLUMNS = ['kind', 'firstName', 'lastName', 'phone', 'language', 'zip', 'state', 'timeZone', 'zones'] as const;

const IN_WORDS: Readonly<Record<string, string>> = {
  kind: 'kind',
  firstName: 'first name',
  lastName: 'last name',
  phone: 'mobile number',
  language: 'language',
  zip: 'ZIP',
  state: 'state',
  timeZone: 'time zone',
  zones: 'time zone',
};

/** What the file would change of a patient we have: names of things, no values. Empty: it changes nothing. */
export function changesOf({ patient, groupKeys, optedOut }: Known, after: PatientToWrite): readonly string[] {
  const changed = COLUMNS.filter((name) => (patient[name] ?? null) !== (after[name] ?? null)).map(
    (name) => IN_WORDS[name] ?? name,
  );
  if (sorted(patient.fields) !== after.fields) changed.push('other columns');
  if (after.groupKeys.some((key) => !groupKeys.includes(key))) changed.push('groups');
  if (after.optedOut === 1 && !optedOut) changed.push('opt-out');
  return [...new Set(changed)];
}

const sorted = (json: string): string => {
  const entries = Object.entries(JSON.parse(json) as Record<string, string>);
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
};
