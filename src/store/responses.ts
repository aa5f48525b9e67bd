import type { Db } from './database';
import type { ReplyClass } from './generated/client';

export interface ResponsesWanted {
  readonly campaignId?: number;
  /** Empty = all. */
  readonly classes: readonly ReplyClass[];
  readonly skip: number;
  readonly take: number;
}

const withSend = { include: { templateVersion: { include: { template: true } } } } as const;

export class Responses {
  constructor(private readonly db: Db) {}

  /** Urgent first, then unexpected, then the rest; within these the newest first. */
  async page({ campaignId, classes, skip, take }: ResponsesWanted) {
    const ids = await this.db.$queryRaw<{ id: bigint }[]>`
      SELECT id FROM Message
      WHERE direction = 'INBOUND' AND processedAt IS NOT NULL
        AND (${campaignId ?? null} IS NULL OR answersCampaignId = ${campaignId ?? null})
        AND (${classes.length} = 0 OR replyClass IN (SELECT value FROM json_each(${JSON.stringify(classes)})))
      ORDER BY CASE replyClass WHEN 'urgent' THEN 0 WHEN 'unexpected' THEN 1 ELSE 2 END, id DESC
      LIMIT ${take} OFFSET ${skip}`;
    const order = ids.map(({ id }) => Number(id));
    const found = await this.db.message.findMany({
      where: { id: { in: order } },
      include: { patient: true, conversation: true, answersCampaign: withSend },
    });
    const byId = new Map(found.map((message) => [message.id, message]));
    return order.flatMap((id) => byId.get(id) ?? []);
  }

  async counts(
    campaignId: number | null,
  ): Promise<{ urgent: number; unexpected: number; expected: number; other: number }> {
    const rows = await this.db.message.groupBy({
      by: ['replyClass'],
      where: {
        direction: 'INBOUND',
        processedAt: { not: null },
        ...(campaignId === null ? {} : { answersCampaignId: campaignId }),
      },
      _count: { _all: true },
    });
    const of = (...classes: string[]): number =>
      rows
        .filter(({ replyClass }) => classes.includes(replyClass ?? ''))
        .reduce((sum, { _count }) => sum + _count._all, 0);
    return {
      urgent: of('urgent'),
      unexpected: of('unexpected'),
      expected: of('expected'),
      other: of('opt_out', 'opt_in', 'help'),
    };
  }
}
