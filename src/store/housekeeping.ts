import type { Db } from './database';
import { LOG_OF_BULK_WORK, USUAL_LOG } from './log-length';

export class Housekeeping {
  constructor(private readonly db: Db) {}

  /** Whether another connection brings the log into the database. Kept by this connection only. */
  async leaveLogToOthers(isLeft: boolean): Promise<void> {
    await this.db.$queryRawUnsafe(`PRAGMA wal_autocheckpoint = ${isLeft ? LOG_OF_BULK_WORK : USUAL_LOG}`);
  }

  /** @returns false when this event was taken in before */
  async takeEvent(key: string, at: Date): Promise<boolean> {
    const added = await this.db
      .$executeRaw`INSERT INTO SlackEvent (key, at) VALUES (${key}, ${at}) ON CONFLICT DO NOTHING`;
    return added === 1;
  }

  forgetEventsBefore = (at: Date) => this.db.slackEvent.deleteMany({ where: { at: { lt: at } } });

  /**
   * Takes or renews a lease, in one statement. Times are of the machine's own clock: a lease is between processes.
   * @returns whether `holder` has it now
   */
  async holdLease(lease: { name: string; holder: string; now: Date; expiresAt: Date }): Promise<boolean> {
    const changed = await this.db.$executeRaw`
      INSERT INTO Lease (name, holder, expiresAt) VALUES (${lease.name}, ${lease.holder}, ${lease.expiresAt})
      ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expiresAt = excluded.expiresAt
      WHERE Lease.holder = excluded.holder OR Lease.expiresAt <= ${lease.now}`;
    return changed === 1;
  }

  lease = (name: string) => this.db.lease.findUnique({ where: { name } });

  endLease = (name: string, holder: string) => this.db.lease.deleteMany({ where: { name, holder } });

  async cursor(name: string): Promise<string | null> {
    return (await this.db.cursor.findUnique({ where: { name } }))?.value ?? null;
  }

  async moveCursor(name: string, value: string): Promise<void> {
    await this.db.cursor.upsert({ where: { name }, create: { name, value }, update: { value } });
  }

  /** When the oldest reply came that is not worked on yet. */
  async oldestUnread(): Promise<Date | null> {
    const first = await this.db.message.findFirst({
      where: { state: 'RECEIVED', processedAt: null },
      orderBy: { id: 'asc' },
      select: { createdAt: true },
    });
    return first?.createdAt ?? null;
  }
}
