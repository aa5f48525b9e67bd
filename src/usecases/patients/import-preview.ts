import { zonesOf } from '../../domain/patient-time-zones';
import type { ColumnMapping } from '../../domain/patient-file/columns';
import type { FileRecord } from '../../domain/patient-file/read';
import { type PatientRow, readRow } from '../../domain/patient-file/row';
import { groupKey } from '../../store/groups';
import type { StagedRow, StoredImport } from '../../store/imports';
import type { StoredPatient } from '../../store/patients';
import type { Clinic, Ports } from '../ports';
import { changesOf } from './import-changes';
import type { Known, PatientToWrite } from './import-records';
import { ImportTally } from './import-tally';

/** How many rows are compared with our books at a time. */
const BATCH = 500;

interface Understood {
  readonly record: FileRecord;
  readonly row: PatientRow;
  readonly warnings: readonly string[];
}

/** Compares a file with our books, row by row, and stages what confirming would do. Nothing of ours is changed. */
export class ImportPreview {
  readonly tally = new ImportTally();
  rowsRead = 0;
  private readonly lineOfId = new Map<string, number>();
  /** As people write them, by key. */
  private readonly groupNames = new Map<string, string>();
  private staged: StagedRow[] = [];
  private understood: Understood[] = [];

  constructor(
    private readonly ports: Pick<Ports, 'store' | 'clinic'>,
    private readonly record: StoredImport,
    private readonly mapping: ColumnMapping,
  ) {}

  async add(record: FileRecord): Promise<void> {
    const options = { country: this.ports.clinic.country, kind: this.record.kind };
    const read = record.problem === undefined ? readRow(record.cells, this.mapping, options) : null;
    this.rowsRead += 1;
    if (!read?.ok) this.reject(record, read?.reasons ?? [record.problem ?? '']);
    else this.take({ record, row: read.patient, warnings: read.warnings });
    if (this.understood.length + this.staged.length >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.understood;
    this.understood = [];
    const known = await this.known(rows.map(({ row }) => row.externalId));
    for (const one of rows) this.stage(one, known.get(one.row.externalId) ?? null);
    const batch = this.staged;
    this.staged = [];
    if (batch.length > 0) await this.ports.store.imports.stage(this.record.id, batch);
    // A loop of awaits on SQLite lets no timer fire: webhooks and Slack's 3 s come first.
    await new Promise((resolve) => setImmediate(resolve));
  }

  private reject({ line, cells }: FileRecord, reasons: readonly string[]): void {
    this.tally.rejected(line, reasons);
    this.staged.push({
      line,
      outcome: 'REJECTED',
      reason: reasons.join(' '),
      cells,
      externalId: null,
      patient: null,
      before: null,
    });
  }

  private take(one: Understood): void {
    const { record, row } = one;
    const first = this.lineOfId.get(row.externalId);
    if (first === undefined) {
      this.lineOfId.set(row.externalId, record.line);
      this.understood.push(one);
      return;
    }
    const idIsPhone = row.externalId === row.phone;
    const what = idIsPhone ? 'mobile number, which is the id here,' : 'patient id';
    const reason = `This ${what} is on line ${first} already; the first row counts.`;
    this.tally.duplicate(record.line, idIsPhone);
    this.staged.push({
      line: record.line,
      outcome: 'DUPLICATE',
      reason,
      cells: record.cells,
      externalId: null,
      patient: null,
      before: null,
    });
  }

  private async known(externalIds: readonly string[]): Promise<Map<string, Known>> {
    const patients = await this.ports.store.patients.byExternalIds(externalIds);
    const members = await this.ports.store.groups.ofPatients(patients.map(({ id }) => id));
    for (const { group } of members) this.groupNames.set(group.key, group.name);
    const optedOut = new Set(await this.ports.store.imports.optedOutAmong(patients.map(({ phone }) => phone)));
    return new Map(
      patients.map((patient) => [
        patient.externalId,
        {
          patient,
          groupKeys: members.filter(({ patientId }) => patientId === patient.id).map(({ group }) => group.key),
          optedOut: optedOut.has(patient.phone),
        },
      ]),
    );
  }

  private stage({ record, row, warnings }: Understood, known: Known | null): void {
    const { mapping, record: settings } = this;
    const leaves = leftGroups(row, known, settings.replaceGroups);
    const after = { ...merged(row, known?.patient ?? null, { mapping, clinic: this.ports.clinic }), leaves };
    for (const group of row.groups) this.groupNames.set(groupKey(group), group);
    this.tally.seen(record.line, row, warnings);
    const changes = known ? changesOf(known, after, (key) => this.groupNames.get(key) ?? key) : null;
    const outcome = changes === null ? 'NEW' : changes.length > 0 ? 'CHANGED' : 'UNCHANGED';
    this.tally.count(outcome, { after, changes: changes ?? [] });
    this.staged.push({
      line: record.line,
      outcome,
      reason: null,
      cells: null,
      externalId: row.externalId,
      patient: { ...after },
      before: known ? { ...known.patient, groupKeys: known.groupKeys } : null,
    });
  }
}

/** A blank cell leaves a value as it is; `--` clears it. */
function merged(
  row: PatientRow,
  before: StoredPatient | null,
  context: { mapping: ColumnMapping; clinic: Clinic },
): Omit<PatientToWrite, 'leaves'> {
  const text = (name: 'language' | 'zip' | 'state' | 'timeZone'): string | null =>
    row.cleared.includes(name) ? null : (row[name] ?? before?.[name] ?? null);
  const name = (part: 'firstName' | 'lastName'): string =>
    row.cleared.includes(part) ? '' : (row[part] ?? before?.[part] ?? '');
  const zip = text('zip');
  const timeZone = text('timeZone');
  const clinicZone = context.clinic.timeZone;
  const where = zonesOf({ phone: row.phone, clinicZone, zip: zip ?? undefined, timeZone: timeZone ?? undefined });
  return {
    kind: context.mapping.kind === undefined && before ? before.kind : row.kind,
    firstName: name('firstName'),
    lastName: name('lastName'),
    phone: row.phone,
    language: text('language'),
    zip,
    state: text('state'),
    timeZone,
    zones: where.zones.join(','),
    zonesFrom: where.source,
    fields: JSON.stringify(mergedFields(row, before)),
    groupKeys: row.groups.map(groupKey),
    optedOut: row.optedOut === true ? 1 : 0,
  };
}

/** `--` takes a patient out of all groups that the row does not name; so does a row with groups when they are replaced. */
function leftGroups(row: PatientRow, known: Known | null, replaces: boolean): string[] {
  const named = row.groups.map(groupKey);
  const leaves = row.cleared.includes('groups') || (replaces && named.length > 0);
  return leaves ? (known?.groupKeys ?? []).filter((key) => !named.includes(key)) : [];
}

function mergedFields(row: PatientRow, before: StoredPatient | null): Record<string, string> {
  const fields = { ...(JSON.parse(before?.fields ?? '{}') as Record<string, string>), ...row.fields };
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !row.cleared.includes(`fields.${key}`))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
