import type { Db } from './database';

/** Who is to be forgotten. */
export interface Erased {
  readonly patientId: number;
  readonly externalId: string;
  readonly phone: string;
  /** What stands in the number's place from now on. */
  readonly standIn: string;
  /** Somebody else has the number: then the number, and what it wrote, is theirs as well and stays. */
  readonly isShared: boolean;
  readonly at: Date;
}

/** Takes everything out that says who a patient was. Ids stay: what was counted, and what is on the record. */
export class Erasures {
  constructor(private readonly db: Db) {}

  /** All texts that were made for a patient, or that went to or came from their number, oldest first. */
  textsOf = ({ patientId, phone }: { patientId: number; phone: string }) =>
    this.db.message.findMany({
      where: { OR: [{ patientId }, { phone }] },
      orderBy: { id: 'asc' },
      select: {
        ...{ id: true, direction: true, state: true, purpose: true, text: true, createdAt: true, submittedAt: true },
        ...{ sid: true, campaignId: true, conversationId: true, sentBy: true, errorCode: true },
        ...{ replyClass: true, answer: true },
      },
    });

  /** Whether a text is being handed over at this moment, or one that came is not read yet: it may say STOP. */
  async isUnderWay({ patientId, phone }: { patientId: number; phone: string }): Promise<boolean> {
    const found = await this.db.message.findFirst({
      where: {
        OR: [
          { state: { in: ['SENDING', 'UNCERTAIN'] }, OR: [{ patientId }, { phone }] },
          { direction: 'INBOUND', processedAt: null, phone },
        ],
      },
      select: { id: true },
    });
    return found !== null;
  }

  /** Texts to or from the patient; of a shared number those alone that were made for this patient. */
  private async messageIds({ patientId, phone, isShared }: Erased): Promise<number[]> {
    const whose = isShared ? { patientId } : { OR: [{ patientId }, { phone }] };
    return (await this.db.message.findMany({ where: whose, select: { id: true } })).map(({ id }) => id);
  }

  /** @returns how many texts were emptied */
  async emptyTexts(erased: Erased): Promise<number> {
    const ids = JSON.stringify(await this.messageIds(erased));
    const { standIn, at } = erased;
    await this.db.$executeRaw`
      INSERT INTO Redaction (sid, at) SELECT sid, ${at} FROM Message
      WHERE id IN (SELECT value FROM json_each(${ids})) AND sid IS NOT NULL AND text <> '' ON CONFLICT DO NOTHING`;
    return this.db.$executeRaw`
      UPDATE Message SET text = '', media = NULL, classifiedBy = NULL, textKey = NULL, phone = ${standIn}, patientId = NULL,
        state = CASE state WHEN 'QUEUED' THEN 'CANCELED' ELSE state END,
        reason = CASE state WHEN 'QUEUED' THEN 'erased' ELSE reason END,
        settledAt = CASE state WHEN 'QUEUED' THEN ${at} ELSE settledAt END
      WHERE id IN (SELECT value FROM json_each(${ids}))`;
  }

  /** Rows of files: the patient's own, and rejected ones that hold the id or the number. Walks the rows: seldom done. */
  async removeImportRows({ externalId, phone, isShared }: Erased): Promise<void> {
    const rows = await this.db.$queryRaw<{ importId: bigint; line: bigint }[]>`
      SELECT importId, line FROM ImportRow WHERE externalId = ${externalId} OR before ->> 'externalId' = ${externalId}
        OR (cells IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(cells) WHERE value = ${externalId}))
        OR (${isShared ? 0 : 1} = 1 AND phone = ${phone})`;
    for (const { importId, line } of rows)
      await this.db.importRow.deleteMany({ where: { importId: Number(importId), line: Number(line) } });
    // A few rows of each file were kept to ask about its columns.
    for (const id of new Set(rows.map(({ importId }) => Number(importId))))
      await this.db.$executeRaw`
        UPDATE Import SET header = json_set(header, '$.samples', json('[]')) WHERE id = ${id} AND header IS NOT NULL`;
  }

  /** The conversation of a number that is nobody else's becomes nobody's. @returns its id */
  async closeConversation({ phone, standIn, isShared, patientId }: Erased): Promise<number | null> {
    await this.db.conversation.updateMany({ where: { patientId }, data: { patientId: null, patientSaidBy: null } });
    if (isShared) return null;
    const found = await this.db.conversation.findUnique({ where: { phone }, select: { id: true } });
    if (found === null) return null;
    await this.db.conversation.update({
      where: { id: found.id },
      data: { phone: standIn, state: 'RESOLVED', waitingSince: null },
    });
    return found.id;
  }

  /** The profile with its groups. What is known of the number goes as well, but for its opt-out. */
  async removeProfile({ patientId, phone, isShared, standIn, at }: Erased): Promise<void> {
    await this.db.patient.delete({ where: { id: patientId } });
    if (isShared) return;
    await this.db.phone.deleteMany({ where: { number: phone, optedOutAt: null } });
    const closed = { optedOutAt: at, optedOutVia: 'erased' };
    await this.db.phone.upsert({ where: { number: standIn }, create: { number: standIn, ...closed }, update: closed });
  }

  /** My posts in the thread say from now on what is left to say. */
  async touchPosts(headKey: string): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Post SET wanted = wanted + 1, state = CASE state WHEN 'POSTED' THEN 'WAITING' ELSE state END
      WHERE (key = ${headKey} OR threadOf = ${headKey}) AND kind IN ('conversation', 'reply', 'staff-text', 'held')`;
  }

  redactionsDue = (limit: number) => this.db.redaction.findMany({ orderBy: { at: 'asc' }, take: limit });
  redacted = (sid: string) => this.db.redaction.deleteMany({ where: { sid } });
  /** Twilio cannot do it yet: others first. */
  redactLater = (sid: string, at: Date) => this.db.redaction.updateMany({ where: { sid }, data: { at } });
}
