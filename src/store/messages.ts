import type { InboundText } from '../domain/arrivals';
import type { MessageState } from '../domain/delivery-status';
import type { Db } from './database';
import type { Message, ReplyClass } from './generated/client';

export type StoredMessage = Message;

export interface NewOutbound {
  readonly key: string;
  readonly purpose: 'CONVERSATION' | 'AUTOMATIC' | 'OPT_OUT_CONFIRMATION';
  readonly phone: string;
  readonly text: string;
  readonly segments: number;
  readonly zones: string;
  readonly conversationId: number;
  readonly createdAt: Date;
  readonly answerableUntil: Date | null;
  readonly sentBy: string | null;
  readonly slackChannel?: string;
  readonly slackTs?: string;
}

/** What changes when an outbound message moves on. */
export interface Move {
  readonly state: MessageState;
  readonly sid?: string | null;
  readonly twilioStatus?: string | null;
  readonly errorCode?: number | null;
  readonly reason?: string | null;
  readonly notBefore?: Date | null;
  readonly submittedAt?: Date | null;
  readonly settledAt?: Date | null;
}

export const messages = (db: Db) => ({
  byId: (id: number) =>
    db.message.findUnique({ where: { id }, include: { patient: true, conversation: true, campaign: true } }),

  bySid: (sid: string) => db.message.findUnique({ where: { sid } }),

  bySlack: (slackChannel: string, slackTs: string) =>
    db.message.findUnique({ where: { slackChannel_slackTs: { slackChannel, slackTs } } }),

  /** Idempotent by Twilio's SID, in one statement. @returns how many were new */
  async addInbound(batch: readonly InboundText[]): Promise<number> {
    const rows = batch.map((m) => [m.sid, m.phone, m.text, JSON.stringify(m.media), m.at.getTime(), m.optOutType]);
    return db.$executeRaw`
      INSERT INTO Message (direction, state, sid, phone, text, media, createdAt, reason, segments, attemptCount)
      SELECT 'INBOUND', 'RECEIVED', value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, 1, 0
      FROM json_each(${JSON.stringify(rows)}) WHERE 1
      ON CONFLICT (sid) DO NOTHING`;
  },

  /** What was stored and not yet worked on, in the order of arrival. */
  unprocessed: (limit: number) =>
    db.message.findMany({ where: { state: 'RECEIVED', processedAt: null }, orderBy: { id: 'asc' }, take: limit }),

  async finishInbound(
    id: number,
    result: {
      at: Date;
      conversationId: number;
      replyClass: ReplyClass;
      answer: string | null;
      why: string;
      campaignId: number | null;
      patientId: number | null;
    },
  ): Promise<void> {
    await db.message.update({
      where: { id },
      data: {
        processedAt: result.at,
        conversationId: result.conversationId,
        replyClass: result.replyClass,
        answer: result.answer,
        classifiedBy: result.why,
        answersCampaignId: result.campaignId,
        patientId: result.patientId,
      },
    });
  },

  /** The campaign text that a reply most likely answers: the newest one that went to this number. */
  lastCampaignText: (phone: string, since: Date) =>
    db.message.findFirst({
      where: {
        phone,
        direction: 'OUTBOUND',
        campaignId: { not: null },
        state: { in: ['SENDING', 'UNCERTAIN', 'SUBMITTED', 'DELIVERED'] },
        createdAt: { gte: since },
      },
      orderBy: { id: 'desc' },
      include: {
        campaign: {
          include: { templateVersion: { include: { template: true, replies: { orderBy: { position: 'asc' } } } } },
        },
      },
    }),

  /** Null when this key was queued before. */
  async addOutbound(message: NewOutbound): Promise<StoredMessage | null> {
    if (await db.message.findUnique({ where: { key: message.key } })) return null;
    return db.message.create({ data: { ...message, direction: 'OUTBOUND', state: 'QUEUED' } });
  },

  /** Moves a message on if it is still in one of these states. @returns false when it was not */
  async move(id: number, from: readonly MessageState[], to: Move): Promise<boolean> {
    const { count } = await db.message.updateMany({ where: { id, state: { in: [...from] } }, data: to });
    return count === 1;
  },

  attempt: (id: string) => db.attempt.findUnique({ where: { id } }),

  async finishAttempt(
    id: string,
    result: { at: Date; outcome: string; sid?: string | null; errorCode?: number | null },
  ): Promise<void> {
    await db.attempt.updateMany({
      where: { id },
      data: {
        finishedAt: result.at,
        outcome: result.outcome,
        sid: result.sid ?? null,
        errorCode: result.errorCode ?? null,
      },
    });
  },

  /** Handed over a while ago, and Twilio's last word is still open: due to be asked. Uses (state, …). */
  unsettled: (submittedBefore: Date, checkedBefore: Date, limit: number) =>
    db.message.findMany({
      where: {
        state: 'SUBMITTED',
        submittedAt: { lt: submittedBefore },
        OR: [{ checkedAt: null }, { checkedAt: { lt: checkedBefore } }],
      },
      orderBy: { id: 'asc' },
      take: limit,
    }),

  async markChecked(id: number, at: Date): Promise<void> {
    await db.message.update({ where: { id }, data: { checkedAt: at } });
  },

  /** SIDs of these that some message of ours has already. */
  async knownSids(sids: readonly string[]): Promise<Set<string>> {
    const rows = await db.message.findMany({ where: { sid: { in: [...sids] } }, select: { sid: true } });
    return new Set(rows.flatMap(({ sid }) => (sid === null ? [] : [sid])));
  },
});
