import type { StatusUpdate } from '../domain/arrivals';
import type { Db } from './database';

/** Status callbacks, stored as they come and applied after. */
export const reports = (db: Db) => ({
  /** One statement for all that came within some milliseconds; repeated callbacks add nothing. */
  async add(batch: readonly StatusUpdate[]): Promise<void> {
    const rows = batch.map((r) => [r.sid, r.attemptId, r.status, r.errorCode, r.receivedAt.getTime()]);
    await db.$executeRaw`
      INSERT INTO DeliveryReport (sid, attemptId, status, errorCode, receivedAt)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(${JSON.stringify(rows)})
      WHERE 1 ON CONFLICT (sid, status) DO NOTHING`;
  },

  unapplied: (limit: number) =>
    db.deliveryReport.findMany({ where: { appliedAt: null }, orderBy: { id: 'asc' }, take: limit }),

  async markApplied(ids: readonly number[], at: Date): Promise<void> {
    await db.deliveryReport.updateMany({ where: { id: { in: [...ids] } }, data: { appliedAt: at } });
  },
});
