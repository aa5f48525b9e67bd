import type { ModalView, SectionBlock } from '@slack/types';
import type { ChosenColumns, FileHead } from '../../../domain/patient-file/ask-columns';
import { type ColumnChoice, roleOf } from '../../../domain/patient-file/columns';
import { maskedSample } from '../../../domain/patient-file/sample';
import { VIEWS } from '../action-ids';
import { paragraphs, plain, section } from '../elements';
import { name, plainName } from '../words';
import { input, offer, option } from './inputs';
import { allChosenIn, chosenIn, type ViewValues } from './view-values';

type Role = keyof ColumnChoice;

const NO_HEADER = 'columns_no_header';
const NONE = 'none';
/** Several columns of groups stay as their names say. */
const AS_NAMED = 'as_named';

interface Field {
  readonly role: Role;
  readonly label: string;
  /** What it means that there is no such column; without it, one has to be chosen. */
  readonly none?: string;
}

const FIELDS: readonly Field[] = [
  { role: 'phone', label: 'Mobile number' },
  { role: 'externalId', label: 'Patient id', none: 'None: the mobile number is the id' },
  { role: 'firstName', label: 'First name', none: 'None' },
  { role: 'lastName', label: 'Last name', none: 'None' },
  { role: 'fullName', label: 'Full name', none: 'None' },
  { role: 'language', label: 'Language', none: 'None' },
  { role: 'groups', label: 'Groups', none: 'None' },
  { role: 'zip', label: 'ZIP code', none: 'None' },
  { role: 'state', label: 'State', none: 'None' },
  { role: 'timeZone', label: 'Time zone', none: 'None' },
  { role: 'optOut', label: 'Opted out of texts', none: 'None' },
  { role: 'consent', label: 'Agreed to texts', none: 'None' },
  { role: 'kind', label: 'Patient or staff', none: 'None' },
];

const blockOf = (role: Role): string => `columns_${role}`;

/** Longer lists of columns than anybody has; the form holds 100 blocks and a menu 10,000 options. */
const MOST_SHOWN = 60;

/** Asks what the columns of a file are, beside its first rows. */
export const importColumnsForm = (importId: number, head: FileHead): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.importColumns,
  private_metadata: JSON.stringify({ importId }),
  title: plain('Columns', 24),
  submit: plain('Read', 24),
  close: plain('Cancel', 24),
  blocks: [
    section('Which column is what? These are the columns of the file, with the first rows in part.'),
    ...samples(head),
    ...FIELDS.map((field) => select(field, head)),
    input({
      block: NO_HEADER,
      label: 'The first row',
      optional: true,
      element: { type: 'checkboxes', options: [option('It is a patient already; the file has no header.', 'yes')] },
    }),
  ],
});

const titleOf = (cells: readonly string[], index: number): string => {
  const title = cells[index]?.trim() ?? '';
  return title === '' ? `Column ${index + 1}` : title;
};

const samples = ({ cells, samples: rows }: FileHead): SectionBlock[] =>
  paragraphs(
    cells.slice(0, MOST_SHOWN).map((cell, index) => {
      const shown = rows.map((row) => maskedSample(row[index] ?? '', roleOf(cell))).map((text) => text || '–');
      return `*${name(titleOf(cells, index), 40)}*: ${shown.map((text) => name(text, 30)).join(' | ') || '–'}`;
    }),
  );

/** The column that is chosen already; undefined where it is for a person to say. */
const initialOf = (role: Role, { mapping, questions, cells }: FileHead): number | null | undefined => {
  if (role === 'externalId' && questions.some(({ problem }) => problem === 'NO_ID_COLUMN')) return undefined;
  if (questions.some((question) => question.problem === 'AMBIGUOUS' && question.role === role)) return undefined;
  if (mapping) return (role === 'groups' ? mapping.groups[0] : mapping[role]) ?? null;
  const named = cells.findIndex((cell) => roleOf(cell) === role);
  if (named >= 0) return named;
  return role === 'phone' || role === 'externalId' ? undefined : null;
};

const select = ({ role, label, none }: Field, head: FileHead) => {
  const columns = head.cells.map((_, index) => option(plainName(titleOf(head.cells, index), 70), index));
  const named = head.cells.filter((cell) => role === 'groups' && roleOf(cell) === 'groups').length;
  const all = [
    ...(named > 1 ? [option(`All ${named} columns that are named so`, AS_NAMED)] : []),
    ...(none === undefined ? [] : [option(none, NONE)]),
    ...columns,
  ];
  const initial = named > 1 ? AS_NAMED : String(initialOf(role, head) ?? (initialOf(role, head) === null ? NONE : ''));
  const chosen = all.find(({ value }) => value === initial);
  return input({
    block: blockOf(role),
    label,
    element: { type: 'static_select', ...offer(all), ...(chosen && { initial_option: chosen }) },
  });
};

export type ColumnsFormResult =
  | { readonly ok: true; readonly chosen: ChosenColumns }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

export const readColumnsForm = (values: ViewValues): ColumnsFormResult => {
  const columns: Partial<Record<Role, number | null>> = {};
  const errors: Record<string, string> = {};
  const takenBy = new Map<number, string>();
  for (const { role, label } of FIELDS) {
    const value = chosenIn(values, blockOf(role));
    if (value === AS_NAMED) continue;
    const index = value === undefined || value === NONE ? null : Number(value);
    const other = index === null ? undefined : takenBy.get(index);
    if (other !== undefined) errors[blockOf(role)] = `This column is chosen for “${other}” already.`;
    if (index !== null) takenBy.set(index, label);
    columns[role] = index;
  }
  if (columns.phone === null) errors[blockOf('phone')] = 'Choose the column with the mobile numbers.';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, chosen: { columns, noHeader: allChosenIn(values, NO_HEADER).length > 0 } };
};

export const columnsFormError = (error: string): Record<string, string> => ({ [blockOf('phone')]: error });
