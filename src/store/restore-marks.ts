import type Database from 'better-sqlite3';

/** Where the moment of a restore stands, in Cursor: JSON of {@link RestoreMark}. */
export const RESTORE_CURSOR = 'restore';

/** In ms since 1970. */
export interface RestoreMark {
  /** The last sign of life in the backup: what this database does not know happened after it. */
  readonly since: number;
  readonly restoredAt: number;
}

export interface Restored {
  readonly since: Date;
  /** Texts of which Twilio is asked before they go out. */
  readonly doubted: number;
}

/**
 * The last moment that a database knows of, in ms; null when nothing has happened in it. The cursor of replies moves every
 * few minutes, or seconds, as long as the app runs.
 */
export function lastSign(database: Database.Database): number | null {
  const signs = [
    'SELECT max(startedAt) FROM Attempt',
    'SELECT max(receivedAt) FROM DeliveryReport',
    'SELECT max(at) FROM AuditEntry',
    'SELECT max(at) FROM SlackEvent',
    'SELECT createdAt FROM Message ORDER BY id DESC LIMIT 1',
    `SELECT CAST(value AS INTEGER) FROM Cursor WHERE name = 'twilio.inbound'`,
  ].map((sql) => database.prepare<[], number | null>(sql).pluck().get() ?? null);
  const known = signs.filter((sign) => sign !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/**
 * Everything that waits, or was under way, may have reached Twilio since. It becomes UNCERTAIN, with the moment since when
 * Twilio may have it; who was working on the database is forgotten.
 */
export function markDoubts(database: Database.Database, now: Date): Restored {
  const since = lastSign(database) ?? now.getTime();
  const { changes } = database
    .prepare(
      `UPDATE Message SET state = 'UNCERTAIN', notBefore = NULL, checkedAt = NULL, doubtedSince = min(:since, coalesce(
         (SELECT min(a.startedAt) FROM Attempt a WHERE a.messageId = Message.id AND coalesce(a.outcome, 'unknown') = 'unknown'),
         :since))
       WHERE direction = 'OUTBOUND' AND state IN ('QUEUED', 'SENDING', 'UNCERTAIN')`,
    )
    .run({ since });
  const mark: RestoreMark = { since, restoredAt: now.getTime() };
  database
    .prepare(`INSERT INTO Cursor (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
    .run(RESTORE_CURSOR, JSON.stringify(mark));
  database.exec('DELETE FROM Lease');
  // A post that waited may stand in Slack by now: it is looked for by its id before it is posted.
  database
    .prepare(
      `UPDATE Post SET state = 'POSTING', attemptedAt = ? WHERE state = 'WAITING' AND ts IS NULL AND kind <> 'mark'`,
    )
    .run(since);
  return { since: new Date(since), doubted: changes };
}
