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

/** How much is written in one transaction. */
interface Slices {
  /** In a slice. */
  readonly rows: number;
  /** Slices. */
  readonly most: number;
  /** Whether somebody waits to write: asked between two slices. */
  readonly isAwaited: () => boolean;
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
  private readonly statements = new Map<string, Database.Statement>();
  private found: typeof BY_LINE | typeof BY_OUTCOME = BY_OUTCOME;

  constructor(
    place: DatabasePlace,
    private readonly importId: number,
  ) {
    this.db = openBulkConnection(place);
    // Whoever commits next waits for all of the log that is not on the disk yet: a webhook's answer, for megabytes of ours.
    this.db.pragma('synchronous = FULL');
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

  /** Up to which line all is written. */
  get appliedLine(): number {
    return this.number('SELECT appliedLine AS n FROM Import WHERE id = ?');
  }

  /**
   * All that is left, or none of it; what `check` throws undoes it.
   * @returns up to which line all is written now
   */
  writeAll(at: Date, check: () => void): number {
    this.found = BY_OUTCOME;
    return this.inOneCommit((from) => {
      check();
      const to = this.number('SELECT max(line) AS n FROM ImportRow WHERE importId = ?');
      if (to > from) this.writeLines({ from, to }, at);
      return Math.max(from, to);
    });
  }

  /**
   * The next slices of so many rows, in one transaction: a slice at least, and more until somebody waits or so many slices
   * are written. Rows that are written together share the pages of the indexes that they change.
   * @returns up to which line all is written now; null when nothing was left
   */
  writeSlices(at: Date, { rows, most, isAwaited }: Slices): number | null {
    this.found = BY_LINE;
    return this.inOneCommit((begin) => {
      let from = begin;
      for (let slice = 0; slice < most && (slice === 0 || !isAwaited()); slice += 1) {
        const end = this.endOfNext(from, rows);
        if (end === null) return slice === 0 ? null : from;
        this.writeLines({ from, to: end }, at);
        from = end;
      }
      return from;
    });
  }

  /** How far it is stands in the transaction of what is written, so two processes at once write no line twice. */
  private inOneCommit<T extends number | null>(write: (from: number) => T): T {
    return this.db
      .transaction(() => {
        const to = write(this.appliedLine);
        if (to !== null) this.statement('UPDATE Import SET appliedLine = ? WHERE id = ?').run(to, this.importId);
        return to;
      })
      .immediate();
  }

  private writeLines(lines: Lines, at: Date): void {
    this.writePatients(lines, at);
    this.writeGroups(lines, at);
  }

  /** Where the next so many rows end; null when none is left. Uses the primary key. */
  private endOfNext(from: number, rows: number): number | null {
    const next = `SELECT max(line) AS n FROM (SELECT line FROM ImportRow WHERE importId = ? AND line > ? ORDER BY line LIMIT ?)`;
    return (this.statement(next).get(this.importId, from, rows) as { n: number | null }).n;
  }

  private writePatients(lines: Lines, at: Date): void {
    const columns = PATIENT_COLUMNS.split(', ');
    this.statement(
      `INSERT INTO Patient (externalId, ${PATIENT_COLUMNS}, createdAt, updatedAt)
         SELECT r.externalId, ${columns.map((name) => `r.${name}`).join(', ')}, @at, @at FROM ${this.found.rows} WHERE ${this.found.where}
         ON CONFLICT (externalId) DO UPDATE SET updatedAt = excluded.updatedAt,
           ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ).run(this.bound(lines, at));
  }

  private writeGroups(lines: Lines, at: Date): void {
    this.knowGroups(lines, at);
    const bound = this.bound(lines);
    this.statement(
      `DELETE FROM GroupMember WHERE (groupId, patientId) IN (
           SELECT g.id, p.id FROM ${this.found.rows}, json_each(r.leaves) k JOIN "Group" g ON g.key = k.value
           JOIN Patient p ON p.externalId = r.externalId WHERE ${this.found.where} AND r.leaves IS NOT NULL)`,
    ).run(bound);
    this.statement(
      `INSERT OR IGNORE INTO GroupMember (groupId, patientId)
         SELECT g.groupId, p.id FROM ${this.found.rows} JOIN GroupOf g ON g.groups = r.groups
         JOIN Patient p ON p.externalId = r.externalId WHERE ${this.found.where}`,
    ).run(bound);
  }

  /** Files have few different lists of groups: each is looked up once, and groups that are new are made, as the file writes them first. */
  private knowGroups(lines: Lines, at: Date): void {
    const lists = this.statement(
      `SELECT r.groups FROM ${this.found.rows} WHERE ${this.found.where} AND r.groups <> '[]'
         AND NOT EXISTS (SELECT 1 FROM GroupOf g WHERE g.groups = r.groups) GROUP BY r.groups ORDER BY min(r.line)`,
    ).all(this.bound(lines)) as { groups: string }[];
    const make = this.statement(
      'INSERT INTO "Group" (name, key, createdAt) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING',
    );
    const know = this.statement('INSERT OR IGNORE INTO GroupOf SELECT ?, id FROM "Group" WHERE key = ?');
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

  close(): void {
    this.db.close();
  }

  private bound({ from, to }: Lines, at?: Date): Record<string, number> {
    return { importId: this.importId, from, to, ...(at && { at: at.getTime() }) };
  }

  /** Prepared once. */
  private statement(sql: string): Database.Statement {
    const known = this.statements.get(sql) ?? this.db.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }

  private number(sql: string, ...values: readonly number[]): number {
    return (this.statement(sql).get(this.importId, ...values) as { n: number | null } | undefined)?.n ?? 0;
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
