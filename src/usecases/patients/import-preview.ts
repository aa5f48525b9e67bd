import type { ImportSummary } from '../../domain/cards/import-card';
import type { ColumnMapping } from '../../domain/patient-file/columns';
import { MaybeSeen } from '../../domain/patient-file/maybe-seen';
import type { FileRecord } from '../../domain/patient-file/file-record';
import { type PatientRow, readRow, type RowOptions } from '../../domain/patient-file/row';
import { groupKey } from '../../store/groups';
import type { ImportStaging, Known, StagedRow } from '../../store/import-staging';
import type { PreviewJob } from './engine/engine';
import { changesOf } from './import-changes';
import { type MergeContext, mergedPatient } from './import-merge';
import { ImportTally } from './import-tally';

/** How many rows are compared with our books at a time, and staged in one write of some 3 ms; more would be garbage that lives long. */
const BATCH = 500;
const MOST_SHARED = 5;

interface Understood {
  readonly record: FileRecord;
  readonly row: PatientRow;
  readonly warnings: readonly string[];
}

/** Compares a file with our books, row by row, and stages what confirming would do. Nothing of ours is changed. */
export class ImportPreview {
  rowsRead = 0;
  private readonly tally = new ImportTally();
  /** Ids and numbers are not kept here, or a million of them would be: the books find what is in the file twice. */
  private readonly ids = new MaybeSeen();
  private readonly phones = new MaybeSeen();
  private readonly context: MergeContext;
  private readonly options: RowOptions;
  private staged: StagedRow[] = [];
  private understood: Understood[] = [];

  constructor(
    private readonly books: ImportStaging,
    private readonly job: PreviewJob,
    mapping: ColumnMapping,
  ) {
    const fields = [...mapping.fields].sort((a, b) => (a.key < b.key ? -1 : 1));
    const { clinic, kind, replaceGroups } = job;
    this.context = { clinic, replaceGroups, mapping: { ...mapping, fields } };
    this.options = { country: clinic.country, kind };
  }

  add(record: FileRecord): void {
    const read = record.problem === undefined ? readRow(record.cells, this.context.mapping, this.options) : null;
    this.rowsRead += 1;
    if (read?.ok) this.understood.push({ record, row: this.grouped(read.patient), warnings: read.warnings });
    else this.reject(record, read?.reasons ?? [record.problem ?? '']);
    if (this.understood.length + this.staged.length >= BATCH) this.flush();
  }

  /** Of rows with the same id the first counts; with that, all is known. */
  finish(): ImportSummary {
    this.flush();
    const twice = this.books.settleDuplicates(duplicateReason);
    this.tally.takeBack(twice);
    const shared = this.books.sharedNumbers(MOST_SHARED);
    return this.tally.summary(shared);
  }

  private grouped(row: PatientRow): PatientRow {
    const { groups } = this.job;
    if (groups.length === 0) return row;
    const named = new Set(row.groups.map(groupKey));
    return { ...row, groups: [...row.groups, ...groups.filter((name) => !named.has(groupKey(name)))] };
  }

  private flush(): void {
    const rows = this.understood;
    this.understood = [];
    const known = this.books.known(rows.map(({ row }) => row.externalId));
    for (const one of rows) this.stage(one, known.get(one.row.externalId));
    this.books.stage(this.staged);
    this.staged = [];
  }

  private reject({ line, cells }: FileRecord, reasons: readonly string[]): void {
    this.tally.rejected(line, reasons);
    this.staged.push({ line, outcome: 'REJECTED', reason: reasons.join(' '), cells });
  }

  private stage({ record: { line, cells }, row, warnings }: Understood, known: Known | undefined): void {
    const patient = mergedPatient(row, known, this.context);
    const changes = known ? changesOf(known, patient) : null;
    const outcome = changes === null ? 'NEW' : changes.length > 0 ? 'CHANGED' : 'UNCHANGED';
    this.tally.seen(line, row, warnings);
    this.tally.count(outcome, { line, patient, changes: changes ?? [] });
    const suspect = { id: this.ids.add(row.externalId), phone: this.phones.add(row.phone) };
    // Should it turn out to be in the file twice, the row as it came is handed back.
    const asItCame = suspect.id ? cells : undefined;
    this.staged.push({ line, outcome, cells: asItCame, externalId: row.externalId, patient, suspect, before: known });
  }
}

const duplicateReason = (firstLine: number, idIsPhone: boolean): string =>
  `This ${idIsPhone ? 'mobile number, which is the id here,' : 'patient id'} is on line ${firstLine} already; the first row counts.`;
