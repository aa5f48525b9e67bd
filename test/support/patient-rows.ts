/** Patient files for stories, by what the story is about; the rest of a row makes no difference. */
export interface Row {
  readonly id: string;
  readonly mobile: string;
  readonly first?: string;
  readonly last?: string;
  readonly language?: string;
  readonly groups?: string;
  /** Where the patient lives, and so when they may be texted. */
  readonly zip?: string;
  readonly optedOut?: string;
}

const COLUMNS = {
  id: 'Patient ID',
  mobile: 'Mobile',
  first: 'First name',
  last: 'Last name',
  language: 'Language',
  groups: 'Groups',
  zip: 'ZIP',
  optedOut: 'Opted out',
} as const satisfies Record<keyof Row, string>;

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);

export const csvOf = (rows: readonly Row[]): string => {
  const names = Object.keys(COLUMNS) as (keyof Row)[];
  const lines = rows.map((row) => names.map((name) => quoted(row[name] ?? '')).join(','));
  return [Object.values(COLUMNS).join(','), ...lines].join('\r\n');
};

export const BOSTON = '02118';
export const CHICAGO = '60623';
export const LOS_ANGELES = '90012';
export const HONOLULU = '96813';

/** So many patients in Boston, all in one group, with the numbers +1 617 555 2001 and on. */
export const patients = (count: number, groups = 'Everyone'): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(1001 + index),
    mobile: phoneOf(index + 1),
    first: `Pat${index + 1}`,
    last: 'Rivera',
    groups,
    zip: BOSTON,
  }));

/** The number of the nth of {@link patients}. */
export const phoneOf = (nth: number): string => `+1617555${2000 + nth}`;
