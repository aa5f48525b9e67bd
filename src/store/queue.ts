import { type Claimed, type ClaimedRow, claimedOf } from './claimed';
import type { Db } from './database';
import { Prisma } from './generated/client';
import { UNDECIDED } from './messages';
import { isTextedSince, skipTextedLately } from './texted-lately';

/** A text that Twilio took. */
export interface Taken {
  readonly id: number;
  readonly attemptId: string;
  readonly sid: string;
  readonly status: string;
}

export interface ClaimRequest {
  readonly now: Date;
  /** The candidate-zone sets in which the window is open now, in the order in which they are to go. */
  readonly openZoneSets: readonly string[];
  readonly limit: number;
  readonly newAttemptId: () => string;
  /** Not to patients who got another campaign after this moment; null = no such cap. */
  readonly textedSince?: Date | null;
}

/**
 * Whoever has just written is not texted before it is known what they wrote: it may be STOP. Uses (phone, direction, id).
 */
const isHeard = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM Message r WHERE r.phone = m.phone AND r.direction = 'INBOUND' AND +r.processedAt IS NULL)`;

/** An admin has not stopped all sending. */
const isNotStopped = Prisma.sql`NOT EXISTS (SELECT 1 FROM Setting s WHERE s.key = 'sending' AND s.value = 'stopped')`;

/**
 * `+state` in the statements below keeps SQLite from walking through all messages in that state where a list of ids says
 * which are meant: there may be 250,000 of them.
 *
 * Claiming: one set-based statement turns QUEUED into SENDING, and the attempts are written in the same transaction,
 * before anybody calls Twilio. Whoever crashes afterwards leaves SENDING behind, which the next start reads as UNCERTAIN.
 */
export class Queue {
  constructor(private readonly db: Db) {}

  /**
   * Uses the index on (state, campaignId, zones), zone set by zone set in the order that was given: CROSS JOIN keeps
   * SQLite from choosing another. Call it inside a transaction.
   */
  async claimOfCampaign(campaignId: number, request: ClaimRequest): Promise<Claimed[]> {
    const { textedSince = null } = request;
    if (textedSince !== null) await skipTextedLately(this.db, campaignId, { ...request, textedSince });
    const isOverCap = textedSince === null ? Prisma.sql`FALSE` : isTextedSince(textedSince);
    const rows = await this.db.$queryRaw<ClaimedRow[]>`
      UPDATE Message SET state = 'SENDING', attemptCount = attemptCount + 1
      WHERE id IN (
        SELECT m.id FROM json_each(${JSON.stringify(request.openZoneSets)}) z CROSS JOIN Message m
        WHERE m.state = 'QUEUED' AND m.campaignId = ${campaignId} AND m.zones = z.value
          AND (m.notBefore IS NULL OR m.notBefore <= ${request.now})
          AND EXISTS (SELECT 1 FROM Campaign c WHERE c.id = m.campaignId AND c.state = 'RUNNING')
          AND NOT EXISTS (SELECT 1 FROM Phone p WHERE p.number = m.phone AND p.optedOutAt IS NOT NULL)
          AND ${isHeard} AND ${isNotStopped} AND NOT ${isOverCap}
        LIMIT ${request.limit})
      RETURNING id, phone, text, segments, zones, purpose, campaignId, attemptCount, answerableUntil, media`;
    return rows.length === 0 ? [] : this.writeAttempts(rows, request);
  }

  /** 1-to-1 texts and automatic answers: oldest first. A confirmation goes to somebody who has just opted out. */
  async claimOfConversations(request: ClaimRequest): Promise<Claimed[]> {
    const rows = await this.db.$queryRaw<ClaimedRow[]>`
      UPDATE Message SET state = 'SENDING', attemptCount = attemptCount + 1
      WHERE id IN (
        SELECT m.id FROM Message m
        WHERE m.state = 'QUEUED' AND m.campaignId IS NULL
          AND (m.zones IN (SELECT value FROM json_each(${JSON.stringify(request.openZoneSets)}))
               OR m.answerableUntil > ${request.now})
          AND (m.notBefore IS NULL OR m.notBefore <= ${request.now})
          AND (m.purpose = 'OPT_OUT_CONFIRMATION' OR NOT EXISTS (
               SELECT 1 FROM Phone p WHERE p.number = m.phone AND p.optedOutAt IS NOT NULL))
          AND ${isHeard} AND ${isNotStopped}
        ORDER BY m.id LIMIT ${request.limit})
      RETURNING id, phone, text, segments, zones, purpose, campaignId, attemptCount, answerableUntil, media`;
    return rows.length === 0 ? [] : this.writeAttempts(rows, request);
  }

  /** Which of these may still go out at this very moment: nobody has paused, canceled, stopped all or opted out since the claim. */
  async stillWanted(ids: readonly number[]): Promise<Set<number>> {
    const rows = await this.db.$queryRaw<{ id: bigint }[]>`
      SELECT m.id AS id FROM Message m
      LEFT JOIN Campaign c ON c.id = m.campaignId
      LEFT JOIN Phone p ON p.number = m.phone
      WHERE m.id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND +m.state = 'SENDING'
        AND (m.campaignId IS NULL OR c.state = 'RUNNING')
        AND (p.optedOutAt IS NULL OR m.purpose = 'OPT_OUT_CONFIRMATION')
        AND ${isHeard} AND ${isNotStopped}`;
    return new Set(rows.map(({ id }) => Number(id)));
  }

  /**
   * Twilio has these: message and attempt learn the SID. Two statements, each by primary key. Of two equal texts to one
   * number the other may have been settled with this SID: then that one has arrived for it, and only the attempt learns it.
   */
  async recordTaken(taken: readonly Taken[], at: Date): Promise<void> {
    const rows = JSON.stringify(taken.map(({ id, attemptId, sid, status }) => [id, attemptId, sid, status]));
    await this.db.$executeRaw`
      UPDATE Message SET state = 'SUBMITTED', sid = r.value ->> 2, twilioStatus = r.value ->> 3, errorCode = NULL,
        submittedAt = ${at}
      FROM json_each(${rows}) r
      WHERE Message.id = r.value ->> 0 AND +Message.state IN ('SENDING', 'UNCERTAIN', 'QUEUED')
        AND NOT EXISTS (SELECT 1 FROM Message other WHERE other.sid = r.value ->> 2)`;
    await this.db.$executeRaw`
      UPDATE Attempt SET finishedAt = ${at}, outcome = 'accepted', sid = r.value ->> 2
      FROM json_each(${rows}) r WHERE Attempt.id = r.value ->> 1`;
  }

  /** Claimed, but Twilio was never called: back into the queue, and the attempt says so. */
  async release(claimed: readonly Claimed[], { at, notBefore }: { at: Date; notBefore: Date | null }): Promise<void> {
    const ids = JSON.stringify(claimed.map(({ id }) => id));
    const attempts = JSON.stringify(claimed.map(({ attemptId }) => attemptId));
    await this.db.$executeRaw`
      UPDATE Message SET state = 'QUEUED', notBefore = ${notBefore}, attemptCount = attemptCount - 1
      WHERE +state = 'SENDING' AND id IN (SELECT value FROM json_each(${ids}))`;
    await this.db.$executeRaw`
      UPDATE Attempt SET finishedAt = ${at}, outcome = 'not_sent'
      WHERE id IN (SELECT value FROM json_each(${attempts}))`;
  }

  /**
   * Messages that came back into the queue while their campaign was ended, or their patient opted out, would wait there
   * for ever: nothing claims them, and nothing looks for them any more.
   */
  async endReturned(ids: readonly number[], at: Date): Promise<void> {
    const list = JSON.stringify(ids);
    await this.db.$executeRaw`
      UPDATE Message SET settledAt = ${at}, reason = 'campaign_canceled',
        state = CASE (SELECT c.state FROM Campaign c WHERE c.id = campaignId) WHEN 'CANCELED' THEN 'CANCELED' ELSE 'EXPIRED' END
      WHERE id IN (SELECT value FROM json_each(${list})) AND +state = 'QUEUED'
        AND EXISTS (SELECT 1 FROM Campaign c WHERE c.id = campaignId AND c.state IN ('CANCELED', 'DONE'))`;
    await this.db.$executeRaw`
      UPDATE Message SET settledAt = ${at}, reason = 'opted_out', state = 'SKIPPED'
      WHERE id IN (SELECT value FROM json_each(${list})) AND +state = 'QUEUED' AND purpose <> 'OPT_OUT_CONFIRMATION'
        AND EXISTS (SELECT 1 FROM Phone p WHERE p.number = Message.phone AND p.optedOutAt IS NOT NULL)`;
  }

  /** What is queued for a number that opted out. Uses the index on (phone, direction, id). @returns what it concerns */
  async skipQueuedTo(phone: string, at: Date): Promise<{ campaignIds: number[]; messageIds: number[] }> {
    const rows = await this.db.$queryRaw<{ id: bigint; campaignId: bigint | null }[]>`
      UPDATE Message SET state = 'SKIPPED', reason = 'opted_out', settledAt = ${at}
      WHERE phone = ${phone} AND direction = 'OUTBOUND' AND state = 'QUEUED' AND purpose <> 'OPT_OUT_CONFIRMATION'
      RETURNING id, campaignId`;
    const campaignIds = rows.flatMap(({ campaignId }) => (campaignId === null ? [] : [Number(campaignId)]));
    const ofStaff = rows.filter(({ campaignId }) => campaignId === null);
    return { campaignIds: [...new Set(campaignIds)], messageIds: ofStaff.map(({ id }) => Number(id)) };
  }

  /** The patient has another number now: what waits for the old one goes to nobody. @returns the campaigns that it was of */
  async skipFormerNumber(patientId: number, phone: string, at: Date): Promise<number[]> {
    const rows = await this.db.$queryRaw<{ campaignId: bigint | null }[]>`
      UPDATE Message SET state = 'SKIPPED', reason = 'number_changed', settledAt = ${at}
      WHERE phone = ${phone} AND direction = 'OUTBOUND' AND state = 'QUEUED' AND patientId = ${patientId}
      RETURNING campaignId`;
    return rows.flatMap(({ campaignId }) => (campaignId === null ? [] : [Number(campaignId)]));
  }

  /** Whoever opted out while a message was under way back into the queue. */
  async skipOptedOut(campaignId: number, at: Date): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Message SET state = 'SKIPPED', reason = 'opted_out', settledAt = ${at}
      WHERE state = 'QUEUED' AND campaignId = ${campaignId}
        AND phone IN (SELECT number FROM Phone WHERE optedOutAt IS NOT NULL)`;
  }

  /** What the sender did not want to go on another day. Uses the index on (state, campaignId, zones). */
  async expireQueued(campaignId: number, zoneSet: string, at: Date): Promise<number> {
    return this.db.$executeRaw`
      UPDATE Message SET state = 'EXPIRED', reason = 'window_closed', settledAt = ${at}
      WHERE state = 'QUEUED' AND campaignId = ${campaignId} AND zones = ${zoneSet}`;
  }

  /** Distinct zone sets of 1-to-1 texts that wait; a campaign keeps its own list. */
  async zoneSetsOfConversations(): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ zones: string }[]>`
      SELECT DISTINCT zones FROM Message WHERE state = 'QUEUED' AND campaignId IS NULL AND zones IS NOT NULL`;
    return rows.map(({ zones }) => zones);
  }

  /** A process died between claim and result: nobody knows whether Twilio has these. @returns how many */
  markSendingUncertain = () =>
    this.db.$executeRaw`UPDATE Message SET state = 'UNCERTAIN' WHERE state = 'SENDING' AND direction = 'OUTBOUND'`;

  /**
   * Claimed, and in nobody's hands: what was claimed failed to come back from the database, for example. They are
   * settled like after a crash. Uses the index on (state, …). @returns how many
   */
  markOrphansUncertain = (inHand: readonly number[], claimedBefore: Date) =>
    this.db.$executeRaw`
      UPDATE Message SET state = 'UNCERTAIN' WHERE state = 'SENDING'
        AND id NOT IN (SELECT value FROM json_each(${JSON.stringify(inHand)}))
        AND NOT EXISTS (SELECT 1 FROM Attempt a WHERE a.messageId = Message.id AND a.startedAt > ${claimedBefore})`;

  /** Whoever was asked after longest ago comes first. With the attempt whose end nobody knows. */
  uncertain = (limit: number) =>
    this.db.message.findMany({
      where: { state: 'UNCERTAIN', doubtedSince: null },
      orderBy: [{ checkedAt: 'asc' }, { id: 'asc' }],
      take: limit,
      include: { attempts: { where: UNDECIDED } },
    });

  /** Whether a call to this number is under way: what Twilio lists may be that call's. Uses (phone, direction, id). */
  isSendingTo = async (phone: string): Promise<boolean> =>
    (await this.db.message.findFirst({ where: { phone, direction: 'OUTBOUND', state: 'SENDING' } })) !== null;

  count = (state: 'QUEUED' | 'SENDING' | 'UNCERTAIN') => this.db.message.count({ where: { state } });

  private async writeAttempts(rows: readonly ClaimedRow[], request: ClaimRequest): Promise<Claimed[]> {
    const claimed = rows.map((row) => claimedOf(row, request.newAttemptId()));
    const attempts = JSON.stringify(claimed.map(({ attemptId, id }) => [attemptId, id]));
    await this.db.$executeRaw`
      INSERT INTO Attempt (id, messageId, startedAt)
      SELECT value ->> 0, value ->> 1, ${request.now} FROM json_each(${attempts})`;
    return claimed;
  }
}
