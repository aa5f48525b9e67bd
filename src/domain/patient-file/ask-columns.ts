import { createHash } from 'node:crypto';
import {
  type ColumnChoice,
  type ColumnMapping,
  type ColumnProblem,
  mapColumns,
  rejectedColumnsOf,
  squeeze,
} from './columns';
import type { PatientKind } from './row';

/** What somebody said of a file's columns. */
export interface ChosenColumns {
  readonly columns: ColumnChoice;
  /** The first row is a patient already. */
  readonly noHeader?: boolean;
}

/** What is not clear about a file's columns: two claim one role, or there is none for the mobile number or the id. */
export type ColumnQuestion = ColumnProblem | { readonly problem: 'NO_ID_COLUMN' };

export type ColumnsFound =
  | { readonly ok: true; readonly mapping: ColumnMapping; readonly idFromPhone: boolean }
  | { readonly ok: false; readonly questions: readonly ColumnQuestion[] };

/** The head of a file: what somebody needs to see who has to say what its columns are. */
export interface FileHead {
  /** The header row. */
  readonly cells: readonly string[];
  /** The first rows below it. */
  readonly samples: readonly (readonly string[])[];
  /** Empty when the columns are clear. */
  readonly questions: readonly ColumnQuestion[];
  /** The columns as they were read; null when they have to be asked for. */
  readonly mapping: ColumnMapping | null;
}

/**
 * What the columns of a file are, or what has to be asked of a person first. Without a patient id the mobile number is the
 * id, as always for staff; but where an unknown column may be the id, patients of one family would become one, so that is
 * asked.
 */
export const findColumns = (
  header: readonly string[],
  { kind, chosen }: { readonly kind: PatientKind; readonly chosen: ChosenColumns | null },
): ColumnsFound => {
  // Without a header no name says anything, and a patient's values must not become names of placeholders.
  const names = chosen?.noHeader === true ? header.map(() => '') : header;
  const result = mapColumns(names, chosen?.columns);
  const mayBeId = (fields: readonly unknown[]): boolean =>
    fields.length > 0 && chosen?.columns.externalId === undefined;
  if (result.ok) {
    const { mapping, idFromPhone } = result;
    const asks = idFromPhone && kind === 'PATIENT' && mapping.kind === undefined && mayBeId(mapping.fields);
    return asks ? { ok: false, questions: [{ problem: 'NO_ID_COLUMN' }] } : result;
  }
  return { ok: false, questions: result.problems };
};

/**
 * By this a choice is remembered for the next file with the same header: names in any case and punctuation. The file of its
 * rejected rows has the same header for this purpose: what we put behind it moves no column.
 */
export const headerKey = (header: readonly string[]): string => {
  const ours = rejectedColumnsOf(header);
  const isBehind = [...ours].every((index) => index >= header.length - ours.size);
  const names = isBehind ? header.slice(0, header.length - ours.size) : header;
  return createHash('sha256')
    .update(JSON.stringify(names.map(squeeze)))
    .digest('hex');
};

const NAMES: readonly (readonly [keyof ColumnChoice, string])[] = [
  ['externalId', 'Patient ID'],
  ['phone', 'Mobile'],
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['fullName', 'Full name'],
  ['language', 'Language'],
  ['groups', 'Groups'],
  ['zip', 'ZIP'],
  ['state', 'State'],
  ['timeZone', 'Time zone'],
  ['optOut', 'Opt out'],
  ['consent', 'SMS consent'],
  ['kind', 'Kind'],
];

/** A header for a file that has none, by what somebody said its columns are. */
export const namedColumns = (width: number, { columns }: ChosenColumns): string[] =>
  Array.from(
    { length: width },
    (_, index) => NAMES.find(([role]) => columns[role] === index)?.[1] ?? `Column ${index + 1}`,
  );
