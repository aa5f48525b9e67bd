import { parsePhoneNumber, phoneProblemText } from '../phone-number';
import type { ColumnMapping } from './columns';
import { languageOf } from './language';
import { type Name, splitFullName } from './names';
import { type OptOutCell, readConsent, readOptOut } from './opt-out';
import { stateOf, timeZoneOf, zipOf } from './place';
import { cellText, isScientific, meansNothing } from './text';

export type PatientKind = 'PATIENT' | 'STAFF';

/** One row of a patient file, understood. What is missing is left as it is in our books; what is in `cleared` is emptied. */
export interface PatientRow {
  readonly externalId: string;
  readonly kind: PatientKind;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  /** E.164. */
  readonly phone: string;
  /** ISO 639 code. */
  readonly language?: string | undefined;
  /** Five digits. */
  readonly zip?: string | undefined;
  /** Two letters. */
  readonly state?: string | undefined;
  /** IANA name. */
  readonly timeZone?: string | undefined;
  readonly groups: readonly string[];
  /** Only when the file says so; `false` never undoes an opt-out in our books. */
  readonly optedOut?: boolean | undefined;
  /** Other columns that have a value, for templates. */
  readonly fields: Readonly<Record<string, string>>;
  /** `firstName`, `lastName`, `language`, `zip`, `state`, `timeZone`, `groups`, or `fields.<key>`. */
  readonly cleared: readonly string[];
}

export type RowResult =
  /** `warnings`: values that were not understood and are left as they were; the patient is taken all the same. */
  | { readonly ok: true; readonly patient: PatientRow; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly reasons: readonly string[] };

export interface RowOptions {
  /** ISO code of the country in which numbers without `+` are read. */
  readonly country?: string;
  /** What the people of this file are, where no column says it. */
  readonly kind?: PatientKind;
}

const MAX_LENGTH = 200;

/** What one row's reading gathers besides its values. */
interface Findings {
  readonly reasons: string[];
  readonly warnings: string[];
  readonly cleared: string[];
}

type Cell = string | null | undefined;

const at = (cells: readonly string[], index: number | undefined): Cell =>
  index === undefined ? undefined : cellText(cells[index]);

/** A value that may be left alone (undefined) or cleared, and that is only warned of when it makes no sense. */
const optional = (
  cell: Cell,
  name: string,
  { read, findings }: { read: (text: string) => string | null; findings: Findings },
): string | undefined => {
  if (cell === null) findings.cleared.push(name);
  if (!cell || meansNothing(cell)) return undefined;
  const value = read(cell);
  if (value === null) findings.warnings.push(`“${cell.slice(0, 40)}” is not understood as ${LABELS[name] ?? name}.`);
  return value ?? undefined;
};

const LABELS: Readonly<Record<string, string>> = {
  language: 'a language',
  zip: 'a ZIP code',
  state: 'a US state',
  timeZone: 'a time zone',
};

const readPhone = (cell: Cell, country: string, { reasons }: Findings): string => {
  const result = parsePhoneNumber(cell ?? '', country);
  if (result.ok) return result.e164;
  reasons.push(phoneProblemText(result.reason));
  return '';
};

const readId = (cell: Cell, { reasons }: Findings): string => {
  if (!cell) reasons.push('There is no patient id.');
  else if (isScientific(cell))
    reasons.push(
      'Excel has rounded the patient id to scientific notation. Format the column as Text in the original, then export again.',
    );
  return cell ?? '';
};

const readKind = (cell: Cell, fallback: PatientKind, { reasons }: Findings): PatientKind => {
  if (!cell) return fallback;
  if (/^(?:staff|employee|volunteer|provider|personal|voluntari[oa])s?$/i.test(cell)) return 'STAFF';
  if (/^(?:patient|client|paciente)s?$/i.test(cell)) return 'PATIENT';
  reasons.push(`Kind says “${cell.slice(0, 40)}”; write patient or staff.`);
  return fallback;
};

/** Either column is enough to opt somebody out; words that are neither yes nor no are refused, never guessed. */
const readOptedOut = (
  cells: readonly string[],
  { optOut, consent }: ColumnMapping,
  { reasons }: Findings,
): boolean | undefined => {
  const said = (index: number | undefined, read: (text: string) => OptOutCell): boolean | undefined => {
    const cell = at(cells, index);
    const answer = cell ? read(cell) : undefined;
    if (answer !== 'UNCLEAR') return answer;
    reasons.push(`It is not clear whether “${cell?.slice(0, 40)}” allows texting; write yes or no.`);
    return true;
  };
  const [out, noConsent] = [said(optOut, readOptOut), said(consent, readConsent)];
  return out || noConsent ? true : (out ?? noConsent);
};

const readNames = (cells: readonly string[], mapping: ColumnMapping, { cleared }: Findings): Name => {
  const first = at(cells, mapping.firstName);
  const last = at(cells, mapping.lastName);
  const full = at(cells, mapping.fullName);
  const split: Name = full ? splitFullName(full) : {};
  if (first === null || full === null) cleared.push('firstName');
  if (last === null || full === null) cleared.push('lastName');
  return {
    first: first === null ? undefined : (first ?? split.first),
    last: last === null ? undefined : (last ?? split.last),
  };
};

const readGroups = (cells: readonly string[], { groups }: ColumnMapping, { cleared }: Findings): string[] => {
  const found = new Map<string, string>();
  for (const index of groups) {
    if (at(cells, index) === null) cleared.push('groups');
    // Split before cleaning, which would turn the line ends between groups into spaces.
    for (const part of (cells[index] ?? '').split(/[;|\n]/)) {
      const name = cellText(part);
      if (name && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
    }
  }
  return [...found.values()];
};

const readFields = (
  cells: readonly string[],
  { fields }: ColumnMapping,
  { cleared }: Findings,
): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const { key, index } of fields) {
    const cell = at(cells, index);
    if (cell === null) cleared.push(`fields.${key}`);
    else if (cell) values[key] = cell;
  }
  return values;
};

const structureProblems = (cells: readonly string[], { width, used }: ColumnMapping): string[] => {
  const reasons: string[] = [];
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
    reasons.push(
      'The row has more values than the header has columns; a value with a comma in it needs quotation marks.',
    );
  if (used.some((index) => cells[index]?.includes('\uFFFD')))
    reasons.push('Some letters cannot be read. Save the file as “CSV UTF-8” and try again.');
  if (used.some((index) => (cells[index] ?? '').length > MAX_LENGTH))
    reasons.push(`A value is longer than ${MAX_LENGTH} characters.`);
  return reasons;
};

/**
 * Understands one row, or says in plain sentences everything that is wrong with it.
 *
 * A blank cell leaves a value as it is, `--` clears it. Without a patient id column, and for staff always, the mobile
 * number is the id. A missing name is no reason to refuse: sends whose template needs one leave the patient out.
 */
export const readRow = (cells: readonly string[], mapping: ColumnMapping, options: RowOptions = {}): RowResult => {
  const findings: Findings = { reasons: structureProblems(cells, mapping), warnings: [], cleared: [] };
  const value = (name: 'language' | 'zip' | 'state' | 'timeZone', read: (text: string) => string | null) =>
    optional(at(cells, mapping[name]), name, { read, findings });
  const phone = readPhone(at(cells, mapping.phone), options.country ?? 'US', findings);
  const kind = readKind(at(cells, mapping.kind), options.kind ?? 'PATIENT', findings);
  const idIsPhone = mapping.externalId === undefined || kind === 'STAFF';
  const externalId = idIsPhone ? phone : readId(at(cells, mapping.externalId), findings);
  const optedOut = readOptedOut(cells, mapping, findings);
  const name = readNames(cells, mapping, findings);
  const patient: PatientRow = {
    externalId,
    kind,
    phone,
    firstName: name.first || undefined,
    lastName: name.last || undefined,
    language: value('language', languageOf),
    zip: value('zip', zipOf),
    state: value('state', stateOf),
    timeZone: value('timeZone', timeZoneOf),
    groups: readGroups(cells, mapping, findings),
    optedOut,
    fields: readFields(cells, mapping, findings),
    cleared: findings.cleared,
  };
  return findings.reasons.length > 0
    ? { ok: false, reasons: findings.reasons }
    : { ok: true, patient, warnings: findings.warnings };
};
