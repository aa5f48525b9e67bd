import { name, plural } from './words';

/** `patients.csv` → `patients-rejected.csv`, however often it is mended. */
export const rejectedFileName = (of: string): string =>
  `${of.replace(/\.[^.]{1,5}$/, '').replace(/-rejected$/, '')}-rejected.csv`;

/** What stands over the file. */
export const rejectedComment = ({ of, rows }: { readonly of: string; readonly rows: number }): string =>
  `${plural(rows, 'row')} of ${name(of)} could not be used. The last column says why: mend the rows, save as CSV and drop the file again. Then please delete this one, too.`;
