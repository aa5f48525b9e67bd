import type { Db } from './database';

/** What became of a campaign's texts, one by one and over time. */
export class Outcomes {
  constructor(private readonly db: Db) {}

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
