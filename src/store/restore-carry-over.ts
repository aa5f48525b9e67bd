import type Database from 'better-sqlite3';

export interface CarriedOver {
  readonly carriedOver: boolean;
  readonly paused: number;
}

/** Ids that may have been given since the backup when the former database cannot be read: more than any clinic gives. */
const GAP: Readonly<Record<string, number>> = { Message: 10_000_000, Post: 10_000_000, DeliveryReport: 10_000_000 };
const OTHER_GAP = 10_000;

/**
 * What must not be forgotten since the backup: who wants no texts, and which sends somebody has stopped. The former database
 * tells, if it can be read; if not, what would go on by itself is paused for a person to look at. Ids that were given since
 * are not given again: an old card in Slack must not act on something new.
 */
export function carryOver(
  database: Database.Database,
  { former, now }: { former: Database.Database | null; now: Date },
): CarriedOver {
  const learnt = former === null ? null : readDecisions(former);
  skipIds(database, learnt?.sequences ?? null);
  if (learnt === null) return { carriedOver: false, paused: pauseRunning(database, now) };
  const will = database.prepare(
    `INSERT INTO Phone (number, optedOutAt, optedOutVia, optedOutNote, badSince, badCode)
     VALUES (:number, :optedOutAt, :optedOutVia, :optedOutNote, :badSince, :badCode)
     ON CONFLICT (number) DO UPDATE SET optedOutAt = coalesce(optedOutAt, excluded.optedOutAt),
       optedOutVia = coalesce(optedOutVia, excluded.optedOutVia), optedOutNote = coalesce(optedOutNote, excluded.optedOutNote),
       badSince = coalesce(badSince, excluded.badSince), badCode = coalesce(badCode, excluded.badCode)`,
  );
  for (const phone of learnt.phones) will.run(phone);
  const stop = database.prepare(
    `UPDATE Campaign SET state = :state, pausedReason = :pausedReason, startedAt = :startedAt, finishedAt = :finishedAt
     WHERE id = :id AND key = :key AND state IN ('DRAFT', 'AWAITING_APPROVAL', 'SCHEDULED', 'RUNNING', 'PAUSED')`,
  );
  for (const campaign of learnt.stopped) stop.run(campaign);
  const stopAll = database.prepare(
    `INSERT INTO Setting (key, value, updatedBy, updatedAt) VALUES (:key, :value, :updatedBy, :updatedAt)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updatedBy = excluded.updatedBy, updatedAt = excluded.updatedAt`,
  );
  for (const setting of learnt.allStopped) stopAll.run(setting);
  return { carriedOver: true, paused: 0 };
}

interface Decisions {
  readonly phones: readonly Readonly<Record<string, unknown>>[];
  readonly stopped: readonly Readonly<Record<string, unknown>>[];
  /** An admin has stopped all sending. */
  readonly allStopped: readonly Readonly<Record<string, unknown>>[];
  readonly sequences: readonly Sequence[];
}

interface Sequence {
  readonly name: string;
  readonly seq: number;
}

/** Null when it cannot be read: it may be damaged, or older than what we know. */
function readDecisions(former: Database.Database): Decisions | null {
  const all = <Row>(sql: string): Row[] => former.prepare<[], Row>(sql).all();
  try {
    return {
      phones: all(
        `SELECT number, optedOutAt, optedOutVia, optedOutNote, badSince, badCode FROM Phone
         WHERE optedOutAt IS NOT NULL OR badSince IS NOT NULL`,
      ),
      stopped: all(
        `SELECT id, key, state, pausedReason, startedAt, finishedAt FROM Campaign WHERE state IN ('PAUSED', 'CANCELED', 'REJECTED')`,
      ),
      allStopped: all(`SELECT * FROM Setting WHERE key = 'sending' AND value = 'stopped'`),
      sequences: all(`SELECT name, seq FROM sqlite_sequence`),
    };
  } catch {
    return null;
  }
}

function skipIds(database: Database.Database, given: readonly Sequence[] | null): void {
  const own = database.prepare<[], Sequence>('SELECT name, seq FROM sqlite_sequence').all();
  const next = given ?? own.map(({ name, seq }) => ({ name, seq: seq + (GAP[name] ?? OTHER_GAP) }));
  const raise = database.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?');
  const add = database.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)');
  for (const { name, seq } of next) {
    // The record goes on where the backup's ends: a gap in its numbers would be rows that somebody took out.
    if (name === 'AuditEntry') continue;
    if (raise.run(seq, name).changes === 0) add.run(name, seq);
  }
}

/** What is scheduled for later stays so: there is time to look. */
const pauseRunning = (database: Database.Database, now: Date): number =>
  database
    .prepare(
      `UPDATE Campaign SET state = 'PAUSED', startedAt = coalesce(startedAt, :now),
         pausedReason = 'Restored from a backup. If nobody has stopped this send since, resume it.'
       WHERE state = 'RUNNING' OR (state = 'SCHEDULED' AND startAt <= :now)`,
    )
    .run({ now: now.getTime() }).changes;
