import type { StatusUpdate } from '../domain/arrivals';
import type { Db } from './database';
import type { DeliveryReport } from './generated/client';

export type StoredReport = DeliveryReport;

/** How far a message is, by Twilio's last word. */
export interface StatusOfMessage {
  readonly id: number;
  readonly sid: string;
  readonly phone: string;
  readonly state: string;
  readonly twilioStatus: string | null;
}

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
    await this.db.$executeRaw`
      UPDATE DeliveryReport SET appliedAt = ${at} WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  }

  /** Messages of campaigns that wait for Twilio's next word, by SID. `+state`: by the SIDs' index, not by the state's. */
  campaignMessages = (sids: readonly string[]) =>
    this.db.$queryRaw<StatusOfMessage[]>`
      SELECT id, sid, phone, state, twilioStatus FROM Message
      WHERE sid IN (SELECT value FROM json_each(${JSON.stringify(sids)}))
        AND +state = 'SUBMITTED' AND +campaignId IS NOT NULL`;

  /** One statement by primary key; and a number that was delivered to is a good one, whatever was known of it. */
  async moveOn(messages: readonly StatusOfMessage[], at: Date): Promise<void> {
    const rows = JSON.stringify(messages.map(({ id, state, twilioStatus }) => [id, state, twilioStatus]));
    await this.db.$executeRaw`
      UPDATE Message SET state = r.value ->> 1, twilioStatus = r.value ->> 2, errorCode = NULL,
        settledAt = CASE r.value ->> 1 WHEN 'SUBMITTED' THEN settledAt ELSE ${at} END
      FROM json_each(${rows}) r WHERE Message.id = r.value ->> 0`;
    const phones = messages.flatMap(({ state, phone }) => (state === 'DELIVERED' ? [phone] : []));
    await this.db.$executeRaw`
      UPDATE Phone SET badSince = NULL, badCode = NULL
      WHERE badSince IS NOT NULL AND number IN (SELECT value FROM json_each(${JSON.stringify(phones)}))`;
  }
}
