import type { Db } from './database';
import type { Import, ImportState, RowOutcome } from './generated/client';

export type StoredImport = Import;

export interface StagedRow {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly reason: string | null;
  readonly cells: readonly string[] | null;
  readonly externalId: string | null;
  /** As it will be written: every column of Patient, and `groups`, `optedOut`. */
  readonly patient: Readonly<Record<string, unknown>> | null;
  readonly before: Readonly<Record<string, unknown>> | null;
}

export interface NewImport {
  readonly key: string;
  readonly fileName: string;
  readonly fileId: string | null;
  readonly channel: string | null;
  readonly threadTs: string | null;
  readonly requestedBy: string;
  readonly createdAt: Date;
}

export class Imports {
  constructor(private readonly db: Db) {}

  byId = (id: number) => this.db.import.findUnique({ where: { id } });

  /** Null when this file is being imported already. */
  async begin(record: NewImport): Promise<number | null> {
    if (await this.db.import.findUnique({ where: { key: record.key } })) return null;
    return (await this.db.import.create({ data: { ...record, state: 'READING' } })).id;
  }

  async move(
    id: number,
    from: readonly ImportState[],
    data: {
      state: ImportState;
      problem?: string | null;
      summary?: string;
      decidedBy?: string;
      decidedAt?: Date;
      appliedAt?: Date;
      fileName?: string;
    },
  ): Promise<boolean> {
    const { count } = await this.db.import.updateMany({ where: { id, state: { in: [...from] } }, data });
    return count === 1;
  }

  /** What is learnt of a file while it is read. */
  async describe(
    id: number,
    data: { filePermalink?: string | null; header?: string; readAt?: Date; undone?: string },
  ): Promise<void> {
    await this.db.import.update({ where: { id }, data });
  }

  /** @returns false when this reading is not wanted any more */
  async progress(
    { importId, reading }: { importId: number; reading: number },
    data: { rowsRead: number; percentRead: number | null },
  ): Promise<boolean> {
    const { count } = await this.db.import.updateMany({ where: { id: importId, reading, state: 'READING' }, data });
    return count === 1;
  }

  /** @returns false when this reading is not wanted any more */
  async finishReading(
    { importId, reading }: { importId: number; reading: number },
    data: { state: ImportState; summary: string; problem?: string | null },
  ): Promise<boolean> {
    const { count } = await this.db.import.updateMany({ where: { id: importId, reading, state: 'READING' }, data });
    return count === 1;
  }

  /** Begins another reading after a choice. @returns false when the import is not waiting for a decision */
  async readAgain(
    id: number,
    choice: { mapping?: string; kind?: Import['kind']; replaceGroups?: boolean },
  ): Promise<boolean> {
    const { count } = await this.db.import.updateMany({
      where: { id, state: { in: ['NEEDS_COLUMNS', 'READY'] } },
      data: { ...choice, state: 'READING', reading: { increment: 1 }, rowsRead: 0, percentRead: null },
    });
    return count === 1;
  }

  async rememberColumns(header: string, { mapping, by, at }: { mapping: string; by: string; at: Date }): Promise<void> {
    const data = { mapping, chosenBy: by, createdAt: at };
    await this.db.columnMapping.upsert({ where: { header }, create: { header, ...data }, update: data });
  }

  /** Columns that somebody chose for a file with this header, JSON; null when nobody did. */
  async rememberedColumns(header: string): Promise<string | null> {
    return (await this.db.columnMapping.findUnique({ where: { header } }))?.mapping ?? null;
  }

  unfinished = () => this.db.import.findMany({ where: { state: { in: ['READING', 'APPLYING'] } } });

  async dropRows(id: number): Promise<void> {
    await this.db.$executeRaw`DELETE FROM ImportRow WHERE importId = ${id}`;
  }

  async stage(importId: number, rows: readonly StagedRow[]): Promise<void> {
    const batch = rows.map((row) => [
      row.line,
      row.outcome,
      row.reason,
      row.cells === null ? null : JSON.stringify(row.cells),
      row.externalId,
      row.patient === null ? null : JSON.stringify(row.patient),
      row.before === null ? null : JSON.stringify(row.before),
    ]);
    await this.db.$executeRaw`
      INSERT INTO ImportRow (importId, line, outcome, reason, cells, externalId, patient, before)
      SELECT ${importId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
      FROM json_each(${JSON.stringify(batch)})`;
  }

  rejected = (importId: number, limit: number) =>
    this.db.importRow.findMany({
      where: { importId, outcome: { in: ['REJECTED', 'DUPLICATE'] } },
      orderBy: { line: 'asc' },
      select: { line: true, reason: true, cells: true },
      take: limit,
    });

  /** Whether any patient of the preview was changed by somebody else since. Uses the unique index on externalId. */
  async changedSince(importId: number, since: Date): Promise<number> {
    const rows = await this.db.$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM ImportRow r JOIN Patient p ON p.externalId = r.externalId
      WHERE r.importId = ${importId} AND r.outcome IN ('NEW', 'CHANGED') AND p.updatedAt > ${since}`;
    return Number(rows[0]?.n ?? 0);
  }

  /** Writes what the preview showed, set-based: patients, phones, groups, opt-outs. Call it inside a transaction. */
  async apply(importId: number, at: Date): Promise<void> {
    await this.db.$executeRaw`
      INSERT INTO Patient (externalId, kind, firstName, lastName, phone, language, zip, state, timeZone, zones, zonesFrom, fields, createdAt, updatedAt)
      SELECT r.externalId, r.patient ->> 'kind', r.patient ->> 'firstName', r.patient ->> 'lastName', r.patient ->> 'phone',
             r.patient ->> 'language', r.patient ->> 'zip', r.patient ->> 'state', r.patient ->> 'timeZone',
             r.patient ->> 'zones', r.patient ->> 'zonesFrom', r.patient ->> 'fields', ${at}, ${at}
      FROM ImportRow r WHERE r.importId = ${importId} AND r.outcome IN ('NEW', 'CHANGED')
      ON CONFLICT (externalId) DO UPDATE SET kind = excluded.kind, firstName = excluded.firstName,
        lastName = excluded.lastName, phone = excluded.phone, language = excluded.language, zip = excluded.zip,
        state = excluded.state, timeZone = excluded.timeZone, zones = excluded.zones, zonesFrom = excluded.zonesFrom,
        fields = excluded.fields, updatedAt = excluded.updatedAt`;
    await this.db.$executeRaw`
      INSERT INTO Phone (number) SELECT DISTINCT r.patient ->> 'phone' FROM ImportRow r
      WHERE r.importId = ${importId} AND r.patient IS NOT NULL ON CONFLICT DO NOTHING`;
    await this.db.$executeRaw`
      INSERT INTO GroupMember (groupId, patientId)
      SELECT DISTINCT g.id, p.id FROM ImportRow r, json_each(r.patient, '$.groupKeys') k
      JOIN "Group" g ON g.key = k.value JOIN Patient p ON p.externalId = r.externalId
      WHERE r.importId = ${importId} AND r.patient IS NOT NULL ON CONFLICT DO NOTHING`;
  }

  /** Takes patients out of the groups that the file takes them out of. */
  async applyLeaving(importId: number): Promise<void> {
    await this.db.$executeRaw`
      DELETE FROM GroupMember WHERE (groupId, patientId) IN (
        SELECT g.id, p.id FROM ImportRow r, json_each(r.patient, '$.leaves') k
        JOIN "Group" g ON g.key = k.value JOIN Patient p ON p.externalId = r.externalId
        WHERE r.importId = ${importId} AND r.outcome = 'CHANGED')`;
  }

  async optedOutAmong(phones: readonly string[]): Promise<string[]> {
    const rows = await this.db.phone.findMany({
      where: { number: { in: [...phones] }, optedOutAt: { not: null } },
      select: { number: true },
    });
    return rows.map(({ number }) => number);
  }

  /** Numbers that the file says have opted out and that we did not know to have: never the other way round. */
  async newOptOuts(importId: number): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ phone: string }[]>`
      SELECT DISTINCT r.patient ->> 'phone' AS phone FROM ImportRow r JOIN Phone f ON f.number = r.patient ->> 'phone'
      WHERE r.importId = ${importId} AND r.patient ->> 'optedOut' = 1 AND f.optedOutAt IS NULL`;
    return rows.map(({ phone }) => phone);
  }
}
