import type { InboundText } from '../domain/arrivals';
import type { WaitingText } from '../domain/order-of-work';
import type { MessageState } from '../domain/delivery-status';
import type { Db } from './database';
import type { Message, ReplyClass } from './generated/client';
import { Restored } from './restored';

export type StoredMessage = Message;

export interface NewOutbound {
  readonly key: string;
  readonly purpose: 'CONVERSATION' | 'AUTOMATIC' | 'OPT_OUT_CONFIRMATION' | 'TEST';
  readonly phone: string;
  readonly text: string;
  readonly segments: number;
  readonly zones: string;
  readonly conversationId: number | null;
  readonly createdAt: Date;
  readonly answerableUntil: Date | null;
  readonly sentBy: string | null;
  /** When that happened which it follows from: a staff member's message, a patient's text. */
  readonly causedAt?: Date;
  readonly slackChannel?: string;
  readonly slackTs?: string;
  /** A JSON list of pictures in Slack. */
  readonly media?: string;
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
  readonly recalledAt?: Date | null;
  readonly doubtedSince?: Date | null;
}

/** Messages of which nothing was heard: handed over between these, and not asked after since. */
export interface Silence {
  readonly submittedAfter: Date;
  readonly submittedBefore: Date;
  readonly checkedBefore: Date;
}

export interface Unsettled {
  readonly id: number;
  readonly sid: string;
  readonly submittedAt: Date;
}

interface Id {
  readonly id: bigint | number;
}

/** Nobody knows yet whether Twilio took the message in this attempt. */
export const UNDECIDED = { OR: [{ outcome: null }, { outcome: 'unknown' }] };

export class Messages {
  constructor(private readonly db: Db) {}

  byId = (id: number) =>
    this.db.message.findUnique({ where: { id }, include: { patient: true, conversation: true, campaign: true } });

  bySid = (sid: string) => this.db.message.findFirst({ where: { sid } });

  bySlack = (slackChannel: string, slackTs: string) => this.db.message.findFirst({ where: { slackChannel, slackTs } });

  /** Idempotent by Twilio's SID, in one statement. @returns how many were new */
  async addInbound(batch: readonly InboundText[]): Promise<number> {
    const rows = batch.map((m) => [m.sid, m.phone, m.text, JSON.stringify(m.media), m.at.getTime(), m.optOutType]);
    return this.db.$executeRaw`
      INSERT INTO Message (direction, state, sid, phone, text, media, createdAt, reason, segments, attemptCount)
      SELECT 'INBOUND', 'RECEIVED', value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, 1, 0
      FROM json_each(${JSON.stringify(rows)}) WHERE 1
      ON CONFLICT (sid) WHERE sid IS NOT NULL DO NOTHING`;
  }

  /** The newest texts to and from a number. */
  recentOf = (phone: string, take: number) =>
    this.db.message.findMany({ where: { phone }, orderBy: { id: 'desc' }, take });

  /** What was stored and not yet worked on, as it was written. Uses the index that holds only these. */
  async waiting(limit: number): Promise<WaitingText[]> {
    // One value: what thousands of rows cost on their way through the client, a webhook would wait for.
    const [row] = await this.db.$queryRaw<{ texts: string }[]>`
      SELECT json_group_array(json_array(id, phone, text)) AS texts FROM (
        SELECT id, phone, text FROM Message WHERE direction = 'INBOUND' AND processedAt IS NULL
        ORDER BY createdAt, id LIMIT ${limit})`;
    const texts = JSON.parse(row?.texts ?? '[]') as [number, string, string][];
    return texts.map(([id, phone, text]) => ({ id, phone, text }));
  }

  /** In this order. */
  async byIds(ids: readonly number[]): Promise<StoredMessage[]> {
    const found = await this.db.message.findMany({ where: { id: { in: [...ids] } } });
    return found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  }

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
    await this.db.message.update({
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
  }

  /** The campaign text that a reply most likely answers: the newest one that went to this number. */
  lastCampaignText = (phone: string, since: Date) =>
    this.db.message.findFirst({
      where: {
        phone,
        direction: 'OUTBOUND',
        campaignId: { not: null },
        state: { in: ['SENDING', 'UNCERTAIN', 'SUBMITTED', 'DELIVERED'] },
        createdAt: { gte: since },
      },
      orderBy: { id: 'desc' },
      select: { campaignId: true, patientId: true },
    });

  /** Which of several patients on the number it is from. */
  async isFrom(id: number, patientId: number): Promise<void> {
    await this.db.message.update({ where: { id }, data: { patientId } });
  }

  /** Null when this key was queued before. */
  async addOutbound(message: NewOutbound): Promise<StoredMessage | null> {
    if (await this.db.message.findFirst({ where: { key: message.key } })) return null;
    const { causedAt, ...data } = message;
    // After a restore staff's messages and patients' texts are read again: what follows from them may have gone out.
    const doubted = causedAt !== undefined && (await new Restored(this.db).doubts(causedAt));
    return this.db.message.create({
      data: {
        ...data,
        direction: 'OUTBOUND',
        ...(doubted ? { state: 'UNCERTAIN', doubtedSince: causedAt } : { state: 'QUEUED' }),
      },
    });
  }

  /** Moves a message on if it is still in one of these states. @returns false when it was not */
  async move(id: number, from: readonly MessageState[], to: Move): Promise<boolean> {
    const { count } = await this.db.message.updateMany({ where: { id, state: { in: [...from] } }, data: to });
    return count === 1;
  }

  /**
   * What Twilio has and no carrier has seen yet, as far as we know, and was not called back before. Uses (campaignId,
   * state), or (state, …).
   * @param campaignIds null = whatever it belongs to
   */
  recallable = (
    { campaignIds, submittedAfter }: { campaignIds: readonly number[] | null; submittedAfter: Date },
    limit: number,
  ) =>
    this.db.message.findMany({
      where: {
        ...(campaignIds === null ? {} : { campaignId: { in: [...campaignIds] } }),
        state: 'SUBMITTED',
        submittedAt: { gt: submittedAfter },
        recalledAt: null,
        OR: [{ twilioStatus: null }, { twilioStatus: { in: ['accepted', 'scheduled', 'queued'] } }],
      },
      take: limit,
    });

  markRecalled = (id: number, at: Date | null) =>
    this.db.message.updateMany({ where: { id }, data: { recalledAt: at } });

  attempt = (id: string) => this.db.attempt.findUnique({ where: { id } });

  /** Which of these attempts have an outcome already, and which. */
  async outcomes(attemptIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.db.$queryRaw<{ id: string; outcome: string }[]>`
      SELECT id, outcome FROM Attempt
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(attemptIds)})) AND outcome IS NOT NULL`;
    return new Map(rows.map(({ id, outcome }) => [id, outcome]));
  }

  /** Whether another try to send the same message is under way, or of unknown end. */
  async hasOtherAttempt(messageId: number, attemptId: string): Promise<boolean> {
    return (await this.db.attempt.findFirst({ where: { messageId, id: { not: attemptId }, ...UNDECIDED } })) !== null;
  }

  /** What is known stays known: a SID that was stored is not taken away by a later word without one. */
  async finishAttempt(
    id: string,
    result: { at: Date; outcome?: string; sid?: string; errorCode?: number | null },
  ): Promise<void> {
    const { at, ...known } = result;
    await this.db.attempt.updateMany({ where: { id }, data: { finishedAt: at, ...known } });
  }

  /**
   * Handed over a while ago, and Twilio's last word is still open: due to be asked. Whoever was asked longest ago comes
   * first, so that those of whom Twilio never says more do not stand before the others. Uses the index on submittedAt,
   * which holds only what is SUBMITTED.
   */
  async unsettled({ submittedAfter, submittedBefore, checkedBefore }: Silence, limit: number): Promise<Unsettled[]> {
    const rows = await this.db.$queryRaw<(Id & { sid: string; submittedAt: bigint | number })[]>`
      SELECT id, sid, submittedAt FROM Message INDEXED BY Message_submittedAt_idx
      WHERE state = 'SUBMITTED' AND submittedAt > ${submittedAfter} AND submittedAt < ${submittedBefore}
        AND sid IS NOT NULL AND (checkedAt IS NULL OR checkedAt < ${checkedBefore})
      ORDER BY checkedAt, id LIMIT ${limit}`;
    return rows.map(({ id, sid, submittedAt }) => ({
      id: Number(id),
      sid,
      submittedAt: new Date(Number(submittedAt)),
    }));
  }

  async markChecked(ids: readonly number[], at: Date): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Message SET checkedAt = ${at} WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  }

  /** SIDs of these, all to one number, that a message or an attempt of ours has already. Uses (phone, direction, id). */
  async knownSids(sids: readonly string[], phone: string): Promise<Set<string>> {
    const list = JSON.stringify(sids);
    const rows = await this.db.$queryRaw<{ sid: string }[]>`
      SELECT sid FROM Message WHERE sid IN (SELECT value FROM json_each(${list}))
      UNION SELECT a.sid FROM Message m JOIN Attempt a ON a.messageId = m.id
      WHERE m.phone = ${phone} AND m.direction = 'OUTBOUND' AND a.sid IN (SELECT value FROM json_each(${list}))`;
    return new Set(rows.map(({ sid }) => sid));
  }
}
