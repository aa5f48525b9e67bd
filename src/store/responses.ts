import type { ResponsesFilter, ResponsesSort } from '../domain/cards/card';
import { type Db } from './database';
import { type Patient, Prisma } from './generated/client';

export interface ResponsesAsked {
  readonly campaignId: number | null;
  readonly filter: ResponsesFilter;
}

export interface ResponsesWanted extends ResponsesAsked {
  readonly sort: ResponsesSort;
  readonly skip: number;
  readonly take: number;
}

const withSend = { include: { templateVersion: { include: { template: true } } } } as const;

const { sql } = Prisma;

/** What was read and classified; of one send, or of all. */
const replies = (campaignId: number | null): Prisma.Sql => sql`
  m.direction = 'INBOUND' AND m.processedAt IS NOT NULL
  AND (${campaignId} IS NULL OR m.answersCampaignId = ${campaignId})`;

/**
 * The patient's last text, when nothing that staff wrote since has gone out to them, and nobody has resolved it. What ended
 * unsent answered nobody. Uses the index on (phone, direction, id).
 */
const isUnanswered = sql`
  m.replyClass IN ('urgent', 'unexpected', 'expected')
  AND EXISTS (SELECT 1 FROM Conversation c WHERE c.id = m.conversationId AND c.state <> 'RESOLVED')
  AND NOT EXISTS (SELECT 1 FROM Message n WHERE n.phone = m.phone AND n.direction = 'INBOUND' AND n.id > m.id)
  AND NOT EXISTS (
    SELECT 1 FROM Message n WHERE n.phone = m.phone AND n.direction = 'OUTBOUND' AND n.id > m.id
      AND n.purpose = 'CONVERSATION' AND n.state NOT IN ('FAILED', 'UNDELIVERED', 'SKIPPED', 'CANCELED', 'EXPIRED'))`;

/** Who got a send's text and has written nothing that answers it. Uses (campaignId, state) and (phone, direction, id). */
const isSilent = (campaignId: number | null): Prisma.Sql => sql`
  m.campaignId = ${campaignId} AND m.state IN ('SUBMITTED', 'DELIVERED')
  AND NOT EXISTS (
    SELECT 1 FROM Message n WHERE n.phone = m.phone AND n.direction = 'INBOUND' AND n.answersCampaignId = m.campaignId)`;

const matching = ({ campaignId, filter }: ResponsesAsked): Prisma.Sql => {
  switch (filter) {
    case 'silent':
      return isSilent(campaignId);
    case 'unanswered':
      return sql`${replies(campaignId)} AND ${isUnanswered}`;
    case 'urgent':
      return sql`${replies(campaignId)} AND m.replyClass = 'urgent'`;
    case 'unexpected':
      return sql`${replies(campaignId)} AND m.replyClass IN ('urgent', 'unexpected')`;
    case 'all':
      return replies(campaignId);
  }
};

/** "Pat2" before "Pat10": the number at the end of a name counts as one. */
const natural = (column: string): Prisma.Sql => {
  const name = Prisma.raw(column);
  const letters = sql`rtrim(${name}, '0123456789')`;
  return sql`${letters} COLLATE NOCASE, CAST(substr(${name}, length(${letters}) + 1) AS INTEGER)`;
};

/** Within each, the newest first. Whoever is not known by name comes last, and so does what was read as no answer. */
const ORDERS: Readonly<Record<ResponsesSort, Prisma.Sql>> = {
  class: sql`CASE m.replyClass WHEN 'urgent' THEN 0 WHEN 'unexpected' THEN 1 ELSE 2 END`,
  answer: sql`m.answer IS NULL, ${natural('m.answer')}`,
  time: sql`m.createdAt DESC`,
  patient: sql`p.id IS NULL, ${natural('p.firstName')}, ${natural('p.lastName')}, m.phone`,
};

export class Responses {
  constructor(private readonly db: Db) {}

  async page({ sort, skip, take, ...asked }: ResponsesWanted) {
    const ids = await this.db.$queryRaw<{ id: bigint }[]>`
      SELECT m.id AS id FROM Message m LEFT JOIN Patient p ON p.id = m.patientId
      WHERE ${matching(asked)} ORDER BY ${ORDERS[sort]}, m.id DESC LIMIT ${take} OFFSET ${skip}`;
    const order = ids.map(({ id }) => Number(id));
    const found = await this.db.message.findMany({
      where: { id: { in: order } },
      include: { patient: true, conversation: true, answersCampaign: withSend, campaign: withSend },
    });
    const byId = new Map(found.map((message) => [message.id, message]));
    return order.flatMap((id) => byId.get(id) ?? []);
  }

  async count(asked: ResponsesAsked): Promise<number> {
    const [row] = await this.db.$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM Message m WHERE ${matching(asked)}`;
    return Number(row?.n ?? 0);
  }

  /** The threads of those who have one, by number. */
  async threadsOf(
    phones: readonly string[],
  ): Promise<ReadonlyMap<string, { channel: string; threadTs: string | null }>> {
    const found = await this.db.conversation.findMany({ where: { phone: { in: [...phones] } } });
    return new Map(found.map(({ phone, channel, threadTs }) => [phone, { channel, threadTs }]));
  }

  /** Everybody on these numbers. */
  async patientsOf(phones: readonly string[]): Promise<ReadonlyMap<string, Patient[]>> {
    const found = await this.db.patient.findMany({
      where: { phone: { in: [...new Set(phones)] } },
      orderBy: { id: 'asc' },
    });
    const byPhone = new Map<string, Patient[]>();
    for (const patient of found) byPhone.set(patient.phone, [...(byPhone.get(patient.phone) ?? []), patient]);
    return byPhone;
  }

  /** The newest send that has begun; of a template with this key, or of any. */
  newestSend = (templateKey?: string) =>
    this.db.campaign.findFirst({
      where: {
        startedAt: { not: null },
        ...(templateKey === undefined ? {} : { templateVersion: { template: { key: templateKey } } }),
      },
      orderBy: { id: 'desc' },
    });

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
