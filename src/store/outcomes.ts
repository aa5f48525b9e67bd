import type { Db } from './database';

/** What became of a campaign's texts, one by one and over time. */
export class Outcomes {
  constructor(private readonly db: Db) {}

  setPace = (id: number, pace: number | null) => this.db.campaign.update({ where: { id }, data: { pace } });

  /** How many queued messages of a campaign hang on which window key. Uses (state, campaignId, zones) alone. */
  async waiting(id: number): Promise<{ key: string; recipients: number }[]> {
    const rows = await this.db.$queryRaw<{ key: string; n: bigint }[]>`
      SELECT zones AS key, count(*) AS n FROM Message WHERE state = 'QUEUED' AND campaignId = ${id} GROUP BY zones`;
    return rows.map(({ key, n }) => ({ key, recipients: Number(n) }));
  }

  /** Why messages of a campaign were left unsent after it was frozen. Uses (campaignId, state). */
  async skips(id: number): Promise<{ reason: string; count: number }[]> {
    const rows = await this.db.$queryRaw<{ reason: string | null; n: bigint }[]>`
      SELECT reason, count(*) AS n FROM Message WHERE campaignId = ${id} AND state = 'SKIPPED'
      GROUP BY reason ORDER BY n DESC`;
    return rows.map(({ reason, n }) => ({ reason: reason ?? '', count: Number(n) }));
  }

  /** Deliveries in each of `steps` equal parts of the time. Reads the delivered ones by (campaignId, state). */
  async deliveredOverTime(
    campaignId: number,
    { from, to, steps }: { from: Date; to: Date; steps: number },
  ): Promise<number[]> {
    const begin = from.getTime();
    const length = Math.max(1, to.getTime() - begin + 1);
    const rows = await this.db.$queryRaw<{ step: bigint; n: bigint }[]>`
      SELECT CAST((settledAt - ${begin}) * ${steps} / ${length} AS INTEGER) AS step, count(*) AS n FROM Message
      WHERE campaignId = ${campaignId} AND state = 'DELIVERED' AND settledAt BETWEEN ${from} AND ${to} GROUP BY step`;
    const found = new Map(rows.map(({ step, n }) => [Number(step), Number(n)]));
    return Array.from({ length: steps }, (_, step) => found.get(step) ?? 0);
  }

  /** When the last text's fate became known; null when none is. */
  async lastSettledAt(campaignId: number): Promise<Date | null> {
    const { _max } = await this.db.message.aggregate({
      where: { campaignId, state: { in: ['DELIVERED', 'UNDELIVERED', 'FAILED'] } },
      _max: { settledAt: true },
    });
    return _max.settledAt;
  }

  /** The next recipients behind `afterId`, in the order of the audience. */
  page = (campaignId: number, afterId: number, limit: number) =>
    this.db.message.findMany({
      where: { campaignId, id: { gt: afterId } },
      orderBy: { id: 'asc' },
      take: limit,
      include: { patient: true },
    });

  /** What these numbers answered to a campaign, newest last. Uses (phone, direction, id). */
  answers = (campaignId: number, phones: readonly string[]) =>
    this.db.message.findMany({
      where: { phone: { in: [...phones] }, direction: 'INBOUND', answersCampaignId: campaignId },
      orderBy: { id: 'asc' },
      select: { phone: true, replyClass: true, answer: true },
    });
}
