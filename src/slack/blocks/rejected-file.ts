import { count, name, plural } from './words';

/** `patients.csv` → `patients-rejected.csv`, however often it is mended. */
export const rejectedFileName = (of: string): string =>
  `${of.replace(/\.[^.]{1,5}$/, '').replace(/-rejected$/, '')}-rejected.csv`;

interface RejectedWords {
  /** The file that they come from. */
  readonly of: string;
  readonly rows: number;
  /** So many could not be used: more than one file holds. */
  readonly all: number;
}

/** What stands over the file. */
export const rejectedComment = ({ of, rows, all }: RejectedWords): string =>
  `${rows < all ? `These are the first ${count(rows)} of the ${count(all)} rows` : plural(rows, 'row')} of ${name(of)} ${rows < all ? 'that ' : ''}could not be used. The last column says why: mend the rows, save as CSV and drop the file again. Then please delete this one, too.`;
