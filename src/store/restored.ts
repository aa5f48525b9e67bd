import type { Db } from './database';
import { RESTORE_CURSOR, type RestoreMark } from './restore-marks';
import { Prisma } from './generated/client';

/** A text that may have reached Twilio in a time that this database does not know. */
export interface Doubted {
  readonly id: number;
  readonly phone: string;
  readonly text: string;
  readonly since: Date;
  readonly createdAt: Date;
  readonly purpose: string;
}

/** What Twilio has after all. */
export interface FoundAgain {
  readonly id: number;
  readonly sid: string;
  readonly at: Date;
}

const UNDECIDED = Prisma.sql`coalesce(outcome, 'unknown') = 'unknown'`;

/** After a restore: which texts are in doubt, and what became of each. */
export class Restored {
  constructor(private readonly db: Db) {}

  /** Null when this database was never restored. */
  async mark(): Promise<RestoreMark | null> {
    const row = await this.db.cursor.findUnique({ where: { name: RESTORE_CURSOR } });
    return row === null ? null : (JSON.parse(row.value) as RestoreMark);
  }

  /** Whether a text that follows from something of that moment may have been sent before the restore. */
  async doubts(causedAt: Date): Promise<boolean> {
    const mark = await this.mark();
    return mark !== null && causedAt.getTime() < mark.restoredAt;
  }

  /** How many are in doubt, to whom, and since when. Uses the index on (state, …). */
  async open(): Promise<{ phones: ReadonlySet<string>; since: Date } | null> {
    const rows = await this.db.$queryRaw<{ phone: string; since: bigint }[]>`
      SELECT phone, min(doubtedSince) AS since FROM Message
      WHERE state = 'UNCERTAIN' AND doubtedSince IS NOT NULL GROUP BY phone`;
    if (rows.length === 0) return null;
    const since = rows.reduce((least, row) => Math.min(least, Number(row.since)), Infinity);
    return { phones: new Set(rows.map(({ phone }) => phone)), since: new Date(since) };
  }

  /** In the order in which they were to go out. */
  async batch(afterId: number, limit: number): Promise<Doubted[]> {
    const rows = await this.db.message.findMany({
      where: { state: 'UNCERTAIN', doubtedSince: { not: null }, id: { gt: afterId } },
      orderBy: { id: 'asc' },
      take: limit,
      select: { id: true, phone: true, text: true, doubtedSince: true, createdAt: true, purpose: true },
    });
    return rows.map(({ doubtedSince, purpose, ...row }) => ({
      ...row,
      since: doubtedSince ?? row.createdAt,
      purpose: purpose ?? '',
    }));
  }

  /** Of these messages at Twilio, those that no message and no attempt of ours has. */
  async unknownSids(messages: readonly { readonly to: string; readonly sid: string }[]): Promise<Set<string>> {
    const list = JSON.stringify(messages.map(({ to, sid }) => [to, sid]));
    const rows = await this.db.$queryRaw<{ sid: string }[]>`
      SELECT r.value ->> 1 AS sid FROM json_each(${list}) r
      WHERE NOT EXISTS (SELECT 1 FROM Message WHERE sid = r.value ->> 1)
        AND NOT EXISTS (SELECT 1 FROM Message m JOIN Attempt a ON a.messageId = m.id
          WHERE m.phone = r.value ->> 0 AND m.direction = 'OUTBOUND' AND a.sid = r.value ->> 1)`;
    return new Set(rows.map(({ sid }) => sid));
  }

  /** Twilio has these. What became of them since goes the way of all reports. */
  async adopt(found: readonly FoundAgain[], now: Date): Promise<void> {
    const rows = JSON.stringify(found.map(({ id, sid, at }) => [id, sid, at.getTime()]));
    await this.db.$executeRaw`
      UPDATE Attempt SET outcome = 'found', sid = r.value ->> 1, finishedAt = ${now}
      FROM json_each(${rows}) r WHERE Attempt.messageId = r.value ->> 0 AND ${UNDECIDED}`;
    // Attempts keep every SID: one that comes back unsent must not be found once more.
    await this.db.$executeRaw`
      INSERT INTO Attempt (id, messageId, startedAt, finishedAt, outcome, sid)
      SELECT 'restored:' || (r.value ->> 1), r.value ->> 0, r.value ->> 2, ${now}, 'found', r.value ->> 1
      FROM json_each(${rows}) r
      WHERE NOT EXISTS (SELECT 1 FROM Attempt a WHERE a.messageId = r.value ->> 0 AND a.sid = r.value ->> 1)`;
    await this.db.$executeRaw`
      UPDATE Message SET state = 'SUBMITTED', sid = r.value ->> 1, submittedAt = r.value ->> 2, doubtedSince = NULL
      FROM json_each(${rows}) r WHERE Message.id = r.value ->> 0 AND Message.state = 'UNCERTAIN'`;
  }

  /** Twilio does not have these: they wait again, as they did. */
  async release(ids: readonly number[], now: Date): Promise<void> {
    const list = JSON.stringify(ids);
    await this.db.$executeRaw`
      UPDATE Attempt SET outcome = 'not_there', finishedAt = ${now}
      WHERE messageId IN (SELECT value FROM json_each(${list})) AND ${UNDECIDED}`;
    await this.db.$executeRaw`
      UPDATE Message SET state = 'QUEUED', doubtedSince = NULL
      WHERE id IN (SELECT value FROM json_each(${list})) AND state = 'UNCERTAIN'`;
  }

  /** Nobody can tell, or it came too late: a person decides. */
  async giveUp(ids: readonly number[], { reason, at }: { reason: string; at: Date }): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Message SET state = 'SKIPPED', reason = ${reason}, settledAt = ${at}, doubtedSince = NULL
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND state = 'UNCERTAIN'`;
  }
}
