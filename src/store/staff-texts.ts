import type { Db } from './database';

/** Queued: once it is claimed, nothing about it may change any more. */
const WAITING = { state: 'QUEUED', purpose: 'CONVERSATION', campaignId: null } as const;

/** 1-to-1 texts of staff while nobody has claimed them. Each change says whether it came in time. */
export class StaffTexts {
  constructor(private readonly db: Db) {}

  /** Those of which the thread does not say yet that they wait. Uses (state, campaignId, …). */
  async untold(limit: number) {
    const rows = await this.db.$queryRaw<{ id: bigint }[]>`
      SELECT m.id FROM Message m WHERE m.state = 'QUEUED' AND m.campaignId IS NULL AND m.purpose = 'CONVERSATION'
        AND NOT EXISTS (SELECT 1 FROM Post p WHERE p.key = 'held:' || m.id)
      ORDER BY m.id LIMIT ${limit}`;
    if (rows.length === 0) return [];
    return this.db.message.findMany({
      where: { id: { in: rows.map(({ id }) => Number(id)) } },
      orderBy: { id: 'asc' },
    });
  }

  /** What was texted from messages that staff posted after `after` (a ts). */
  writtenIn = ({ conversationId, channel, after }: { conversationId: number; channel: string; after: string }) =>
    this.db.message.findMany({
      where: { conversationId, purpose: 'CONVERSATION', slackChannel: channel, slackTs: { gt: after } },
      select: { id: true, slackTs: true, sentBy: true },
    });

  /** It may go outside the window until then. */
  sendNow = (id: number, { until, by, reason }: { until: Date | null; by: string; reason: string }) =>
    this.change(id, { answerableUntil: until, notBefore: null, sendNowBy: by, sendNowReason: reason });

  reword = (id: number, words: { text: string; segments: number }) => this.change(id, words);

  withdraw = (id: number, at: Date) =>
    this.change(id, { state: 'CANCELED' as const, reason: 'withdrawn', settledAt: at });

  private async change(id: number, data: Parameters<Db['message']['updateMany']>[0]['data']): Promise<boolean> {
    const { count } = await this.db.message.updateMany({ where: { id, ...WAITING }, data });
    return count === 1;
  }
}
