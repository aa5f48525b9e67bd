import type { StatusUpdate } from '../domain/arrivals';
import type { Db } from './database';

/** Status callbacks, stored as they come and applied after. */
export class Reports {
  constructor(private readonly db: Db) {}

  /**
   * One statement for all that came within some milliseconds. A repeated callback adds nothing; what Twilio says when it
   * is asked is applied again, for the callback may have come when nobody knew yet whose it was.
   */
  async add(batch: readonly StatusUpdate[]): Promise<void> {
    const rows = batch.map((r) => [r.sid, r.attemptId, r.status, r.errorCode, r.receivedAt.getTime()]);
    await this.db.$executeRaw`
      INSERT INTO DeliveryReport (sid, attemptId, status, errorCode, receivedAt)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(${JSON.stringify(rows)})
      WHERE 1 ON CONFLICT (sid, status) DO UPDATE SET appliedAt = NULL WHERE excluded.attemptId IS NULL`;
  }

  /** The next ones behind `afterId`, in order of arrival. */
  unapplied = (limit: number, afterId: number) =>
    this.db.deliveryReport.findMany({
      where: { appliedAt: null, id: { gt: afterId } },
      orderBy: { id: 'asc' },
      take: limit,
    });

  async markApplied(ids: readonly number[], at: Date): Promise<void> {
    await this.db.deliveryReport.updateMany({ where: { id: { in: [...ids] } }, data: { appliedAt: at } });
  }
}
