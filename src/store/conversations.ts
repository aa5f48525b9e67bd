import type { Db } from './database';
import type { Conversation } from './generated/client';

export type StoredConversation = Conversation;

export class Conversations {
  constructor(private readonly db: Db) {}

  byId = (id: number) => this.db.conversation.findUnique({ where: { id } });

  byPhone = (phone: string) => this.db.conversation.findUnique({ where: { phone } });

  byThread = (channel: string, threadTs: string) =>
    this.db.conversation.findUnique({ where: { channel_threadTs: { channel, threadTs } } });

  /** One conversation a phone number: found or begun. */
  async ensure(phone: string, channel: string, at: Date): Promise<StoredConversation> {
    return this.db.conversation.upsert({ where: { phone }, create: { phone, channel, createdAt: at }, update: {} });
  }

  async update(id: number, data: Partial<Omit<StoredConversation, 'id' | 'phone' | 'createdAt'>>): Promise<void> {
    await this.db.conversation.update({ where: { id }, data });
  }

  /** Threads in which people wrote or may have written since; newest first. */
  recentThreads = (since: Date, limit: number) =>
    this.db.conversation.findMany({
      where: {
        threadTs: { not: null },
        OR: [
          { lastInboundAt: { gte: since } },
          { createdAt: { gte: since } },
          { takenAt: { gte: since } },
          { state: { in: ['OPEN', 'WAITING'] } },
        ],
      },
      orderBy: { lastInboundAt: 'desc' },
      take: limit,
    });

  /** Where threads stand. Reads the index on (channel, threadTs) from channel to channel, however many threads there are. */
  async channels(): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ channel: string }[]>`
      WITH RECURSIVE one(channel) AS (
        SELECT min(channel) FROM Conversation
        UNION ALL
        SELECT (SELECT min(channel) FROM Conversation WHERE channel > one.channel) FROM one WHERE one.channel IS NOT NULL
      ) SELECT channel FROM one WHERE channel IS NOT NULL`;
    return rows.map(({ channel }) => channel);
  }

  openCount = () => this.db.conversation.count({ where: { state: 'OPEN', threadTs: { not: null } } });

  openByAge = (limit: number) =>
    this.db.conversation.findMany({
      where: { state: 'OPEN', threadTs: { not: null } },
      orderBy: { lastInboundAt: 'asc' },
      take: limit,
    });

  /** Open, taken by nobody, for at least so long, and not reminded of yet. Uses the index on waitingSince. */
  waitingSince = (before: Date, limit: number) =>
    this.db.conversation.findMany({
      where: { waitingSince: { lte: before }, state: 'OPEN', takenBy: null, remindedAt: null },
      orderBy: { waitingSince: 'asc' },
      take: limit,
    });

  /** Taken by nobody, and in another channel than these; who has waited longest first. Uses the index on waitingSince. */
  unansweredOutside = (channels: string[], limit: number) =>
    this.db.conversation.findMany({
      where: { waitingSince: { not: null }, state: 'OPEN', takenBy: null, channel: { notIn: channels } },
      orderBy: { waitingSince: 'asc' },
      take: limit,
    });

  hasUrgentSince = async (conversationId: number, since: Date): Promise<boolean> =>
    (await this.db.message.count({
      where: { conversationId, replyClass: 'urgent', createdAt: { gte: since } },
    })) > 0;

  /** The newest reply of a conversation, with the campaign that it answers. */
  /** With which the patient began it. Uses the index on (conversationId, id). */
  firstReply = (conversationId: number) =>
    this.db.message.findFirst({
      where: { conversationId, direction: 'INBOUND' },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { sid: true, createdAt: true },
    });

  lastReply = (conversationId: number) =>
    this.db.message.findFirst({
      where: { conversationId, direction: 'INBOUND' },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      include: { answersCampaign: { include: { templateVersion: { include: { template: true } } } } },
    });

  /** What a campaign sent to this number. */
  campaignText = (campaignId: number, phone: string) =>
    this.db.message.findFirst({ where: { campaignId, phone, direction: 'OUTBOUND' } });
}
