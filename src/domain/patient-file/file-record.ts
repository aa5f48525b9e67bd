/** One row of a file. The first that is read is the header. */
export interface FileRecord {
  /** The line of the file on which it begins, from 1: what an editor shows. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why the cells cannot be trusted: quotation marks that do not pair swallow what follows. */
  readonly problem?: string;
}
