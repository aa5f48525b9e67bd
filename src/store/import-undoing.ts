import type Database from 'better-sqlite3';
import { openBulkConnection } from './bulk-connection';
import type { DatabasePlace } from './connection';
import { groupKey } from './groups';
import { PATIENT_COLUMNS } from './import-staging';

/** What became of the patients that an import had brought or changed. */
export interface Undone {
  /** New ones, taken out again. */
  readonly removed: number;
  /** Put back as they were. */
  readonly restored: number;
  /** Left alone: somebody, or another import, has changed them since. */
  readonly changedSince: number;
  /** New ones, left in the books: they were texted, wrote or were part of a send since. */
  readonly textedSince: number;
}

interface Lines {
  readonly from: number;
  readonly to: number;
}

const SO_FAR = `SELECT coalesce(undone ->> 'removed', 0) AS removed, coalesce(undone ->> 'restored', 0) AS restored,
  coalesce(undone ->> 'changedSince', 0) AS changedSince, coalesce(undone ->> 'textedSince', 0) AS textedSince
  FROM Import WHERE id = ?`;

const NOBODY: Undone = { removed: 0, restored: 0, changedSince: 0, textedSince: 0 };

/**
 * Takes back what an import wrote, from its last line to its first, some lines at a time. How far it is stands in the same
 * transaction as what was put back: it goes on from there whatever dies.
 */
export class ImportUndoing {
  private readonly db: Database.Database;

  constructor(
    place: DatabasePlace,
    private readonly importId: number,
    /** When the import was applied: what bears this time is as the import left it. */
    private readonly appliedAt: Date,
  ) {
    this.db = openBulkConnection(place);
    this.db.exec(`
      CREATE TEMP TABLE GroupOf (groups TEXT, groupId INTEGER, PRIMARY KEY (groups, groupId)) WITHOUT ROWID;
      CREATE TEMP TABLE Back (line INTEGER PRIMARY KEY, patientId INTEGER, outcome TEXT, left TEXT);`);
  }

  /** Where the next step begins; null when nothing is left. */
  startOfNext(rows: number): Lines | null {
    const to = Number(this.one('SELECT appliedLine AS n FROM Import WHERE id = @importId')['n']);
    const last = this.one('SELECT max(line) AS n FROM ImportRow WHERE importId = @importId AND line <= @to', { to });
    if (last['n'] === null) return null;
    const first = `SELECT min(line) AS n FROM (SELECT line FROM ImportRow WHERE importId = @importId AND line <= @to ORDER BY line DESC LIMIT @rows)`;
    return { from: Number(this.one(first, { to, rows })['n']) - 1, to };
  }

  rows(): number {
    const count = `SELECT count(*) AS n FROM ImportRow WHERE importId = @importId AND outcome IN ('NEW', 'CHANGED')`;
    return Number(this.one(count)['n']);
  }

  /** All of these lines or none. @returns false when another process has taken them back */
  takeBack(lines: Lines, now: Date): boolean {
    const begun = this.db.prepare('UPDATE Import SET appliedLine = ? WHERE id = ? AND appliedLine = ?');
    return this.db
      .transaction(() => {
        if (begun.run(lines.from, this.importId, lines.to).changes === 0) return false;
        this.knowGroups(lines);
        this.look(lines);
        this.remove();
        this.restore(now);
        this.remember();
        return true;
      })
      .immediate();
  }

  /** Groups that came with the import, in which nobody is and to which nothing was sent. */
  dropEmptyGroups(): void {
    this
      .run(`DELETE FROM "Group" WHERE createdAt = @at AND NOT EXISTS (SELECT 1 FROM GroupMember m WHERE m.groupId = "Group".id)
      AND NOT EXISTS (SELECT 1 FROM Campaign c, json_each(c.audience, '$.groupIds') k WHERE k.value = "Group".id)
      AND NOT EXISTS (SELECT 1 FROM Campaign c, json_each(c.audience, '$.exceptGroupIds') k WHERE k.value = "Group".id)`);
  }

  /** So far. */
  undone(): Undone {
    const undone = this.db.prepare<[number], Undone>(SO_FAR).get(this.importId);
    return { ...NOBODY, ...undone };
  }

  makeLasting(): void {
    this.db.pragma('synchronous = FULL');
    this.run('UPDATE Import SET appliedLine = appliedLine WHERE id = @importId');
    this.db.pragma('synchronous = NORMAL');
  }

  close(): void {
    this.db.close();
  }

  /**
   * Whom the import wrote, and who is to be left alone. Uses the unique index on externalId and the messages' on phone: a
   * patient who is as the import left them has the number that they were texted on.
   */
  private look(lines: Lines): void {
    this.db.exec('DELETE FROM Back');
    this.run(
      `INSERT INTO Back SELECT r.line, p.id, r.outcome, CASE
         WHEN p.updatedAt <> @at THEN 'changed'
         WHEN r.outcome = 'NEW' AND EXISTS (SELECT 1 FROM GroupMember m WHERE m.patientId = p.id
           AND m.groupId NOT IN (SELECT groupId FROM GroupOf g WHERE g.groups = r.groups)) THEN 'changed'
         WHEN r.outcome = 'NEW' AND (
           EXISTS (SELECT 1 FROM Message m WHERE m.phone = p.phone AND (m.patientId = p.id OR m.createdAt >= @at))
           OR EXISTS (SELECT 1 FROM Exclusion e WHERE e.patientId = p.id)) THEN 'texted'
         END
       FROM ImportRow r JOIN Patient p ON p.externalId = r.externalId
       WHERE r.importId = @importId AND r.line > @from AND r.line <= @to AND r.outcome IN ('NEW', 'CHANGED')`,
      { ...lines },
    );
  }

  private remove(): void {
    const gone = `SELECT patientId FROM Back WHERE left IS NULL AND outcome = 'NEW'`;
    this.db.exec(`DELETE FROM GroupMember WHERE patientId IN (${gone})`);
    this.db.exec(`DELETE FROM Patient WHERE id IN (${gone})`);
  }

  private restore(now: Date): void {
    const rows = `Back b JOIN ImportRow r ON r.importId = @importId AND r.line = b.line`;
    const where = `b.left IS NULL AND b.outcome = 'CHANGED'`;
    const columns = PATIENT_COLUMNS.split(', ').map((name) => `${name} = r.before ->> '${name}'`);
    this.run(
      `UPDATE Patient SET ${columns.join(', ')}, updatedAt = @now FROM ${rows} WHERE ${where} AND Patient.id = b.patientId`,
      { now: now.getTime() },
    );
    this.run(
      `DELETE FROM GroupMember WHERE (groupId, patientId) IN (
         SELECT o.groupId, b.patientId FROM ${rows} JOIN GroupOf o ON o.groups = r.groups JOIN "Group" g ON g.id = o.groupId
         WHERE ${where} AND g.key NOT IN (SELECT value FROM json_each(r.before, '$.groupKeys')))`,
    );
    this.run(
      `INSERT OR IGNORE INTO GroupMember (groupId, patientId)
       SELECT g.id, b.patientId FROM ${rows}, json_each(r.leaves) k JOIN "Group" g ON g.key = k.value
       WHERE ${where} AND r.leaves IS NOT NULL`,
    );
  }

  private remember(): void {
    const counts = this.one(`SELECT
      count(*) FILTER (WHERE left IS NULL AND outcome = 'NEW') AS removed,
      count(*) FILTER (WHERE left IS NULL AND outcome = 'CHANGED') AS restored,
      count(*) FILTER (WHERE left = 'changed') AS changedSince,
      count(*) FILTER (WHERE left = 'texted') AS textedSince FROM Back WHERE @importId > 0`);
    const before = this.undone();
    const sums = Object.entries(before).map(([name, n]: [string, number]) => [name, n + Number(counts[name] ?? 0)]);
    this.run(`UPDATE Import SET undone = json_patch(coalesce(undone, '{}'), @sums) WHERE id = @importId`, {
      sums: JSON.stringify(Object.fromEntries(sums)),
    });
  }

  private knowGroups({ from, to }: Lines): void {
    const lists = this.db
      .prepare<unknown[], { groups: string }>(
        `SELECT DISTINCT groups FROM ImportRow WHERE importId = ? AND line > ? AND line <= ? AND groups <> '[]'`,
      )
      .all(this.importId, from, to);
    const know = this.db.prepare('INSERT OR IGNORE INTO GroupOf SELECT ?, id FROM "Group" WHERE key = ?');
    for (const { groups } of lists) for (const name of JSON.parse(groups) as string[]) know.run(groups, groupKey(name));
  }

  private get named(): Record<string, number> {
    return { importId: this.importId, at: this.appliedAt.getTime() };
  }

  private run(sql: string, more: Record<string, number | string> = {}): void {
    this.db.prepare(sql).run({ ...this.named, ...more });
  }

  private one(sql: string, more: Record<string, number> = {}): Readonly<Record<string, unknown>> {
    return this.db.prepare<unknown[], Record<string, unknown>>(sql).get({ ...this.named, ...more }) ?? {};
  }
}
