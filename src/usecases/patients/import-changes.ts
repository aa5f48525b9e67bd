import { maskPhone } from '../../domain/phone-number';
import { groupKey } from '../../store/groups';
import type { Known, PatientToWrite } from '../../store/import-staging';

type Shown = (value: string) => string;

const asIs: Shown = (value) => value;
const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** Each with what a card may show of it: no last names, of numbers the last four digits. */
const COLUMNS: readonly (readonly [
  name: keyof PatientToWrite & keyof Known['patient'],
  label: string,
  shown: Shown,
])[] = [
  ['kind', 'kind', (kind) => kind.toLowerCase()],
  ['firstName', 'first name', asIs],
  ['lastName', 'last name', (name) => `${[...name][0] ?? ''}.`],
  ['phone', 'mobile number', maskPhone],
  ['language', 'language', (code) => languageNames.of(code) ?? code],
  ['zip', 'ZIP', asIs],
  ['state', 'state', asIs],
  ['timeZone', 'time zone', asIs],
];

/** What the file would change of a patient we have, in words for the card. Empty: it changes nothing. */
export function changesOf({ patient, groups, optedOut }: Known, after: PatientToWrite): readonly string[] {
  const changed = COLUMNS.flatMap(([column, label, shown]) => {
    const values = [patient[column] ?? '', after[column] ?? ''] as const;
    return values[0] === values[1] ? [] : [fromTo(label, values, shown)];
  });
  if (patient.zones !== after.zones && !changed.some((change) => /^(?:time zone|ZIP|mobile)/.test(change)))
    changed.push('time zone');
  const fields = changedFields(patient.fields, after.fields);
  if (fields.length > 0) changed.push(fields.join(' and '));
  const joined = after.groups.filter((name) => !groups.has(groupKey(name)));
  if (joined.length > 0) changed.push(`groups + ${joined.join(' + ')}`);
  const left = after.leaves.map((key) => groups.get(key) ?? key);
  if (left.length > 0) changed.push(`groups – ${left.join(' – ')}`);
  if (after.optedOut && !optedOut) changed.push('opted out');
  return changed;
}

const fromTo = (label: string, values: readonly [string, string], shown: Shown): string => {
  const [from, to] = values.map((value) => (value === '' ? 'none' : shown(value)));
  // Two last names with the same initial: what differs may not be shown.
  return from === to ? label : `${label} ${from} → ${to}`;
};

const changedFields = (before: string, after: string): string[] => {
  if (before === after) return [];
  const [was, is] = [before, after].map((json) => JSON.parse(json) as Record<string, string>);
  const keys = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
  return [...keys].filter((key) => was?.[key] !== is?.[key]);
};
