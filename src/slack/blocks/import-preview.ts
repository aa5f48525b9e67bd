import type { ImportCard, ImportQuestion, ImportReason, ImportSummary } from '../../domain/cards/import-card';
import { count, escape, name, names, plural } from './words';

/** What an import's card says of a file: the number first, then where. */

export const newAndChanged = (summary: ImportSummary): string =>
  `${count(summary.new)} new, ${count(summary.changed)} changed`;

export const allCounts = (summary: ImportSummary): string =>
  [
    newAndChanged(summary),
    `${count(summary.unchanged)} unchanged`,
    `${count(summary.rejected)} rejected`,
    ...(summary.duplicate > 0 ? [`${count(summary.duplicate)} in the file twice`] : []),
  ].join(', ');

export const nothingIn = ({ rows, unchanged, rejected, duplicate }: ImportSummary): string => {
  if (rows === 0) return 'the file holds no patients.';
  if (unchanged === 0) return `none of the ${plural(rows, 'row')} can be used.`;
  const left = rejected + duplicate === 0 ? '' : ` ${plural(rejected + duplicate, 'row')} cannot be used.`;
  return `${plural(unchanged, 'patient')} in the file, all known and unchanged.${left}`;
};

const MOST_REASONS = 10;

const sentences = (list: readonly ImportReason[], what: string): string[] => [
  ...list.slice(0, MOST_REASONS).map((one) => sentence(one, what)),
  ...(list.length > MOST_REASONS ? [`• and ${plural(list.length - MOST_REASONS, 'more reason')}`] : []),
];

const sentence = ({ reason, count: times, lines }: ImportReason, what: string): string =>
  `• ${plural(times, what)}: ${name(reason, 200)}${where(lines, times)}`;

/** ` (lines 3, 7 …)` */
const where = (lines: readonly number[], all: number): string => {
  if (lines.length === 0) return '';
  return ` (${all === 1 ? 'line' : 'lines'} ${lines.join(', ')}${all > lines.length ? ' …' : ''})`;
};

export const reasonLines = ({ reasons }: ImportSummary): string[] => sentences(reasons, 'row');

export const details = ({ summary, idFromPhone, people, replaceGroups }: ImportCard): string[] => [
  ...reasonLines(summary),
  ...(summary.warnings.length > 0 ? ['*Not understood, and left as it was*'] : []),
  ...sentences(summary.warnings, 'row'),
  ...sharedLines(summary),
  ...(idFromPhone && people === 'PATIENT'
    ? ['• There is no column with patient ids: each mobile number is one patient.']
    : []),
  ...(summary.optedOut > 0
    ? [
        `• ${plural(summary.optedOut, 'patient is', 'patients are')} marked as opted out in the file: they will not be texted.`,
      ]
    : []),
  ...(summary.groups.length > 0 ? [`• ${plural(summary.groups.length, 'group')}: ${names(summary.groups)}`] : []),
  ...(summary.leaving > 0 ? [`• ${plural(summary.leaving, 'patient leaves', 'patients leave')} groups`] : []),
  ...(replaceGroups ? ['• The groups of a row take the place of those that the patient is in now.'] : []),
  ...changesLines(summary),
];

const sharedLines = ({ sharedNumbers, shared }: ImportSummary): string[] => {
  if (sharedNumbers === 0) return [];
  const some = shared.map(({ phone, lines }) => `${name(phone)} on lines ${lines.join(', ')}`).join('; ');
  const more = sharedNumbers > shared.length && shared.length > 0 ? ' …' : '';
  return [
    `• ${plural(sharedNumbers, 'number is', 'numbers are')} shared by several patients, which is fine` +
      (some === '' ? '.' : `: ${some}${more}`),
  ];
};

const changesLines = ({ changes, changed }: ImportSummary): string[] =>
  changes.length === 0
    ? []
    : [
        '*What changes*',
        ...changes.slice(0, 10).map((change) => `• ${name(change, 300)}`),
        ...(changed > changes.length ? [`• and ${plural(changed - changes.length, 'patient')} more`] : []),
      ];

const ROLES: Readonly<Record<string, string>> = {
  externalId: 'the patient id',
  phone: 'the mobile number',
  firstName: 'the first name',
  lastName: 'the last name',
  fullName: 'the full name',
  language: 'the language',
  zip: 'the ZIP code',
  state: 'the state',
  timeZone: 'the time zone',
  optOut: 'the opt-out',
  consent: 'the consent',
  kind: 'patient or staff',
  groups: 'the groups',
};

const MOST_COLUMNS = 15;

const bare = (role: string): string => (ROLES[role] ?? escape(role)).replace(/^the /, '');

/** How the columns were read: a wrong guess is seen here before anything is saved. */
export const columnsLine = ({ columns }: ImportCard): string => {
  if (columns === null) return '';
  const { known, fields, notRead } = columns;
  const is = known.map(({ role, name: column }) => `${bare(role)} “${name(column, 40)}”`);
  return [
    `Columns: ${is.join(', ')}.`,
    fields.length === 0 ? '' : `For templates: ${names(fields, MOST_COLUMNS)}.`,
    notRead.length === 0 ? '' : `Not read: ${names(notRead, MOST_COLUMNS)}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
};

/** What is not clear about the columns, a sentence each. */
export const questionLine = ({ problem, role, columns }: ImportQuestion): string => {
  switch (problem) {
    case 'NO_PHONE_COLUMN':
      return '• No column with mobile numbers was found.';
    case 'NO_ID_COLUMN':
      return '• No column with patient ids was found.';
    case 'AMBIGUOUS':
      return `• ${columns.map((column) => `“${name(column, 40)}”`).join(' and ')} may each be ${escape(ROLES[role ?? ''] ?? 'the same')}.`;
  }
};
