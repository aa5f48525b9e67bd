import { ALIASES, type ColumnRole, type SingleRole } from './aliases';

/** A column that is none of ours: a field for templates, as `{{ clinic_site }}`. */
export interface ExtraColumn {
  readonly key: string;
  readonly index: number;
}

/** Where in a row each thing stands; indexes count from 0. */
export interface ColumnMapping {
  /** How many columns the header has: a longer row has been torn apart at a comma. */
  readonly width: number;
  readonly phone: number;
  /** Without it, the mobile number is the id. */
  readonly externalId?: number;
  readonly firstName?: number;
  readonly lastName?: number;
  readonly fullName?: number;
  readonly language?: number;
  readonly zip?: number;
  readonly state?: number;
  readonly timeZone?: number;
  readonly optOut?: number;
  readonly consent?: number;
  readonly kind?: number;
  readonly groups: readonly number[];
  readonly fields: readonly ExtraColumn[];
  /** All columns that are read: every one but notes and those without a name. */
  readonly used: readonly number[];
}

/** What a modal has to ask. */
export type ColumnProblem =
  | { readonly problem: 'NO_PHONE_COLUMN' }
  | { readonly problem: 'AMBIGUOUS'; readonly role: SingleRole; readonly columns: readonly number[] };

export type ColumnResult =
  /** `idFromPhone`: there is no patient id column; right for staff, worth a question for patients. */
  | { readonly ok: true; readonly mapping: ColumnMapping; readonly idFromPhone: boolean }
  | { readonly ok: false; readonly problems: readonly ColumnProblem[] };

/** What somebody chose for this header row: a column's index, or null for "there is none". */
export type ColumnChoice = Readonly<Partial<Record<SingleRole | 'groups', number | null>>>;

/** `Cell Phone #`, `cell_phone_number` and `CellPhoneNumber` are one: `cellphonenumber`. */
export const squeeze = (header: string): string =>
  header
    .normalize('NFKD')
    .replace(/#/g, 'number')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

interface Alias {
  readonly role: ColumnRole;
  /** 0 says it outright (Mobile), 1 may mean it (Phone): the first wins over the second. */
  readonly tier: number;
}

const aliases: ReadonlyMap<string, Alias> = new Map(
  ALIASES.flatMap(([role, ...tiers]) =>
    tiers.flatMap((names = '', tier) => names.split(' ').map((name): [string, Alias] => [name, { role, tier }])),
  ),
);

const aliasOf = (header: string): Alias | undefined => aliases.get(squeeze(header));

/** What a column called so is taken for. */
export const roleOf = (header: string): ColumnRole | undefined => aliasOf(header)?.role;

/** Whether this row can be the header: it names a phone column, or two columns that are known. */
export const looksLikeHeader = (cells: readonly string[]): boolean => {
  const roles = cells.map((cell) => aliasOf(cell)?.role);
  return roles.includes('phone') || new Set(roles.filter((role) => role !== undefined)).size >= 2;
};

/** The two columns that we put behind rejected rows: mended and dropped again, they say nothing of a patient. */
export const REJECTED_COLUMNS = ['line', 'reason'] as const;

/** Where they stand, if both do: a column of the clinic's own may well be called one of the two. */
export const rejectedColumnsOf = (header: readonly string[]): ReadonlySet<number> => {
  const found = REJECTED_COLUMNS.map((name) =>
    header.flatMap((cell, index) => (squeeze(cell) === name ? [index] : [])),
  );
  return new Set(found.every((indexes) => indexes.length > 0) ? found.flat() : []);
};

/** How many columns of this row are known: the right delimiter knows the most. */
export const countKnownColumns = (cells: readonly string[]): number => cells.filter((cell) => aliasOf(cell)).length;

/** Names that templates have already. */
const TAKEN = [
  'first_name',
  'last_name',
  'full_name',
  'name',
  'phone',
  'language',
  'zip',
  'state',
  'patient_id',
  'clinic',
];

/** `Próxima Cita (fecha)` is `proxima_cita_fecha`; an identifier for templates, so it begins with a letter. */
const fieldKey = (header: string, index: number): string => {
  const plain = header.normalize('NFKD').replace(/\p{M}/gu, '');
  const words = plain
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? [`column`, String(index + 1)];
  const key = words.join('_').slice(0, 60);
  return /^\d/.test(key) ? `field_${key}` : key;
};

const extraColumns = (header: readonly string[], used: ReadonlySet<number>): ExtraColumn[] => {
  const taken = new Set(TAKEN);
  const rejected = rejectedColumnsOf(header);
  return header.flatMap((name, index) => {
    if (used.has(index) || rejected.has(index) || name.trim() === '' || aliasOf(name)?.role === 'ignored') return [];
    const base = fieldKey(name, index);
    let key = base;
    for (let copy = 2; taken.has(key); copy += 1) key = `${base}_${copy}`;
    taken.add(key);
    return [{ key, index }];
  });
};

/** The columns that claim a role, only the surest of them. */
const claimants = (header: readonly string[], role: ColumnRole, chosen: ReadonlySet<number>): number[] => {
  const found = header.map((name, index) => ({ index, alias: aliasOf(name) }));
  const ours = found.filter(({ index, alias }) => alias?.role === role && !chosen.has(index));
  const best = Math.min(...ours.map(({ alias }) => alias?.tier ?? 0));
  return ours.filter(({ alias }) => alias?.tier === best).map(({ index }) => index);
};

const groupColumns = (
  header: readonly string[],
  pick: number | null | undefined,
  chosen: ReadonlySet<number>,
): number[] => {
  if (pick !== undefined) return pick === null ? [] : [pick];
  return header.flatMap((name, index) => (aliasOf(name)?.role === 'groups' && !chosen.has(index) ? [index] : []));
};

const SINGLE_ROLES = ALIASES.map(([role]) => role).filter(
  (role): role is SingleRole => role !== 'groups' && role !== 'ignored',
);

/**
 * Finds what each column of a patient file is, by the names that EHRs, Excel and clinics give them.
 *
 * A choice that somebody made goes before all names. A role that two columns claim alike is a problem, never a guess.
 */
export const mapColumns = (header: readonly string[], choice: ColumnChoice = {}): ColumnResult => {
  const chosen = new Set(Object.values(choice).filter((index) => index !== null));
  const problems: ColumnProblem[] = [];
  const single: Partial<Record<SingleRole, number>> = {};
  for (const role of SINGLE_ROLES) {
    const pick = choice[role];
    const columns = pick === undefined ? claimants(header, role, chosen) : pick === null ? [] : [pick];
    if (columns.length > 1) problems.push({ problem: 'AMBIGUOUS', role, columns });
    else if (columns[0] !== undefined) single[role] = columns[0];
  }
  const { phone } = single;
  const phoneProblem = problems.some((each) => each.problem === 'AMBIGUOUS' && each.role === 'phone');
  if (phone === undefined && !phoneProblem) problems.push({ problem: 'NO_PHONE_COLUMN' });
  if (phone === undefined || problems.length > 0) return { ok: false, problems };
  const groups = groupColumns(header, choice.groups, chosen);
  const ours = [...Object.values(single), ...groups];
  const fields = extraColumns(header, new Set(ours));
  const used = [...ours, ...fields.map(({ index }) => index)];
  const mapping = { ...single, phone, groups, width: header.length, fields, used };
  return { ok: true, mapping, idFromPhone: single.externalId === undefined };
};
