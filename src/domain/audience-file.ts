import { mapColumns } from './patient-file/columns';
import type { FileRecord } from './patient-file/file-record';
import { cellText } from './patient-file/text';
import { parsePhoneNumber } from './phone-number';

/** A row of a send's own file: whom it may mean. */
export interface ListedPatient {
  readonly line: number;
  readonly externalId: string | null;
  /** E.164. */
  readonly phone: string | null;
}

interface Columns {
  readonly externalId: number | undefined;
  readonly phone: number | undefined;
  readonly hasHeader: boolean;
}

/** A file of ids needs no column of numbers, which the reader of patient files asks for. */
const columnsOf = (header: readonly string[]): Columns => {
  const whole = mapColumns(header);
  if (whole.ok) return { externalId: whole.mapping.externalId, phone: whole.mapping.phone, hasHeader: true };
  const idsOnly = mapColumns([...header, 'mobile']);
  const externalId = idsOnly.ok ? idsOnly.mapping.externalId : undefined;
  // Neither ids nor numbers are named: a bare list, in its first column and from its first line on.
  return externalId === undefined
    ? { externalId: 0, phone: undefined, hasHeader: false }
    : { externalId, phone: undefined, hasHeader: true };
};

/** Reads ids or phone numbers out of a file's rows, by the names of its columns, or as a bare list of either. */
export class AudienceFile {
  private columns: Columns | undefined;

  constructor(private readonly country: string) {}

  /** Null for the header. */
  read({ line, cells }: FileRecord): ListedPatient | null {
    if (this.columns === undefined) {
      this.columns = columnsOf(cells);
      if (this.columns.hasHeader) return null;
    }
    const { externalId, phone } = this.columns;
    const at = (index: number | undefined): string | null =>
      index === undefined ? null : (cellText(cells[index]) ?? null);
    const id = at(externalId);
    // Staff have their number as id, and a list of numbers may well be headed “ID”.
    const number = parsePhoneNumber(at(phone) ?? id ?? '', this.country);
    return { line, externalId: id, phone: number.ok ? number.e164 : null };
  }
}
