import type Database from 'better-sqlite3';
import { openBulkConnection } from './bulk-connection';
import type { DatabasePlace } from './connection';
import { groupKey } from './groups';
import { recordOptOuts } from './import-opt-outs';
import { PATIENT_COLUMNS } from './import-staging';

/** Lines of a file, the first excluded and the last included. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

const SOME = `r.importId = @importId AND r.line > @from AND r.line <= @to`;
/** How the rows that write something are found among some lines of the file, and in all of it. */
const BY_LINE = { rows: 'ImportRow r', where: `${SOME} AND +r.outcome IN ('NEW', 'CHANGED')` } as const;
const BY_OUTCOME = {
  rows: 'ImportRow r INDEXED BY "ImportRow_importId_outcome_idx"',
  where: `${SOME} AND r.outcome IN ('NEW', 'CHANGED')`,
} as const;
/** Opt-outs a write. */
const PER_WRITE = 500;

/**
 * Writes what an import's preview showed, set-based, some lines at a time; how far it is stands in the same transaction as
 * what was written, so that it goes on from there whatever dies, and two processes at once write no line twice.
 */
export class ImportApplying {
  private readonly db: Database.Database;
  private found: typeof BY_LINE | typeof BY_OUTCOME = BY_OUTCOME;

  constructor(
    place: DatabasePlace,
    private readonly importId: number,
  ) {
    this.db = openBulkConnection(place);
    this.db.exec(
      'CREATE TEMP TABLE GroupOf (groups TEXT, groupId INTEGER, PRIMARY KEY (groups, groupId)) WITHOUT ROWID',
    );
    this.db.exec('CREATE TEMP TABLE NewOptOut (id INTEGER PRIMARY KEY, phone TEXT UNIQUE)');
  }

  /** Rows that write something, of those that are not written yet. Uses the index on (importId, outcome). */
  rowsLeft(): number {
    return this.number(`SELECT count(*) AS n FROM ImportRow r JOIN Import i ON i.id = r.importId
      WHERE r.importId = ? AND r.outcome IN ('NEW', 'CHANGED') AND r.line > i.appliedLine`);
  }

  /** Patients of the file that changed after it was read. Looks into the unique index on externalId. */
  changedSince(since: Date): number {
    return this.number(
      `SELECT count(*) AS n FROM ImportRow r JOIN Patient p ON p.externalId = r.externalId
       WHERE r.importId = ? AND r.outcome IN ('NEW', 'CHANGED') AND p.updatedAt > ?`,
      since.getTime(),
    );
  }

  get appliedLine(): number {
    return this.number('SELECT appliedLine AS n FROM Import WHERE id = ?');
  }

  /** Where the next so many rows end; null when none is left. Uses the primary key. */
  endOfNext(from: number, rows: number): number | null {
    this.found = BY_LINE;
    const next = `SELECT max(line) AS n FROM (SELECT line FROM ImportRow WHERE importId = ? AND line > ? ORDER BY line LIMIT ?)`;
    const row = this.db.prepare<unknown[], { n: number | null }>(next).get(this.importId, from, rows);
    return row?.n ?? null;
  }

  /** Where the file ends; null when all is written. */
  end(from: number): number | null {
    this.found = BY_OUTCOME;
    const last = this.number('SELECT max(line) AS n FROM ImportRow WHERE importId = ?');
    return last > from ? last : null;
  }

  /** All of it or none, and what `check` throws undoes it. @returns false when another process has written these lines */
  write(lines: Lines, at: Date, check: () => void = () => undefined): boolean {
    const begun = this.db.prepare('UPDATE Import SET appliedLine = ? WHERE id = ? AND appliedLine = ?');
    return this.db
      .transaction(() => {
        check();
        if (begun.run(lines.to, this.importId, lines.from).changes === 0) return false;
        this.writePatients(lines, at);
        this.writeGroups(lines, at);
        return true;
      })
      .immediate();
  }

  private writePatients(lines: Lines, at: Date): void {
    const columns = PATIENT_COLUMNS.split(', ');
    this.db
      .prepare(
        `INSERT INTO Patient (externalId, ${PATIENT_COLUMNS}, createdAt, updatedAt)
         SELECT r.externalId, ${columns.map((name) => `r.${name}`).join(', ')}, @at, @at FROM ${this.found.rows} WHERE ${this.found.where}
         ON CONFLICT (externalId) DO UPDATE SET updatedAt = excluded.updatedAt,
           ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      )
      .run(this.bound(lines, at));
  }

  private writeGroups(lines: Lines, at: Date): void {
    this.knowGroups(lines, at);
    const bound = this.bound(lines);
    this.db
      .prepare(
        `DELETE FROM GroupMember WHERE (groupId, patientId) IN (
           SELECT g.id, p.id FROM ${this.found.rows}, json_each(r.leaves) k JOIN "Group" g ON g.key = k.value
           JOIN Patient p ON p.externalId = r.externalId WHERE ${this.found.where} AND r.leaves IS NOT NULL)`,
      )
      .run(bound);
    this.db
      .prepare(
        `INSERT OR IGNORE INTO GroupMember (groupId, patientId)
         SELECT g.groupId, p.id FROM ${this.found.rows} JOIN GroupOf g ON g.groups = r.groups
         JOIN Patient p ON p.externalId = r.externalId WHERE ${this.found.where}`,
      )
      .run(bound);
  }

  /** Files have few different lists of groups: each is looked up once, and groups that are new are made. */
  private knowGroups(lines: Lines, at: Date): void {
    const lists = this.db
      .prepare<unknown[], { groups: string }>(
        `SELECT DISTINCT r.groups FROM ${this.found.rows} WHERE ${this.found.where} AND r.groups <> '[]'
           AND NOT EXISTS (SELECT 1 FROM GroupOf g WHERE g.groups = r.groups)`,
      )
      .all(this.bound(lines));
    const make = this.db.prepare(
      'INSERT INTO "Group" (name, key, createdAt) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING',
    );
    const know = this.db.prepare('INSERT OR IGNORE INTO GroupOf SELECT ?, id FROM "Group" WHERE key = ?');
    for (const { groups } of lists) {
      for (const name of JSON.parse(groups) as string[]) {
        make.run(name, groupKey(name), at.getTime());
        know.run(groups, groupKey(name));
      }
    }
  }

  /**
   * Whom the file says to have opted out, and we did not know: they are texted no more, whatever is queued. Never the other
   * way round. Done before anything else, a few hundred a write.
   */
  writeOptOuts(at: Date): void {
    this.db
      .prepare(
        `INSERT OR IGNORE INTO NewOptOut (phone) SELECT r.phone FROM ImportRow r
         WHERE r.importId = ? AND r.outcome IN ('NEW', 'CHANGED') AND r.optedOut
           AND NOT EXISTS (SELECT 1 FROM Phone f WHERE f.number = r.phone AND f.optedOutAt IS NOT NULL)`,
      )
      .run(this.importId);
    const most = this.number('SELECT coalesce(max(id), 0) AS n FROM NewOptOut WHERE ? > 0');
    for (let from = 0; from < most; from += PER_WRITE) this.optOut({ from, to: from + PER_WRITE }, at);
  }

  /** Before the patients are written for those we know, afterwards for those who are new. */
  recordOptOuts(at: Date): void {
    recordOptOuts(this.db, this.importId, at);
  }

  private optOut(bounds: Lines, at: Date): void {
    const bound = { ...bounds, at: at.getTime() };
    const phones = `SELECT phone FROM NewOptOut WHERE id > @from AND id <= @to`;
    const mark = this.db.prepare(
      `INSERT INTO Phone (number, optedOutAt, optedOutVia) SELECT phone, @at, 'file' FROM (${phones}) WHERE 1
       ON CONFLICT (number) DO UPDATE SET optedOutAt = excluded.optedOutAt, optedOutVia = 'file' WHERE optedOutAt IS NULL`,
    );
    const skip = this.db.prepare(
      `UPDATE Message SET state = 'SKIPPED', reason = 'opted_out', settledAt = @at
       WHERE phone IN (${phones}) AND direction = 'OUTBOUND' AND state = 'QUEUED' AND purpose <> 'OPT_OUT_CONFIRMATION'`,
    );
    this.db
      .transaction(() => {
        mark.run(bound);
        skip.run(bound);
      })
      .immediate();
  }

  /** What is written now survives a power cut. */
  makeLasting(): void {
    this.db.pragma('synchronous = FULL');
    this.db.prepare('UPDATE Import SET appliedLine = appliedLine WHERE id = ?').run(this.importId);
    this.db.pragma('synchronous = NORMAL');
  }

  close(): void {
    this.db.close();
  }

  private bound({ from, to }: Lines, at?: Date): Record<string, number> {
    return { importId: this.importId, from, to, ...(at && { at: at.getTime() }) };
  }

  private number(sql: string, ...values: readonly number[]): number {
    return this.db.prepare<unknown[], { n: number }>(sql).get(this.importId, ...values)?.n ?? 0;
  }
}

/** Rows that are forgotten in one write. */
const PER_DROP = 5_000;

/** Forgets an import's rows, some at a time, so that nobody waits long. */
export async function dropRows(place: DatabasePlace, importId: number): Promise<void> {
  const db = openBulkConnection(place);
  try {
    const drop = db.prepare(
      `DELETE FROM ImportRow WHERE rowid IN (SELECT rowid FROM ImportRow WHERE importId = ? ORDER BY line LIMIT ${PER_DROP})`,
    );
    while (drop.run(importId).changes > 0) await new Promise((resolve) => setTimeout(resolve, 2));
  } finally {
    db.close();
  }
}
