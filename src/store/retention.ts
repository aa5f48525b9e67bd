import type { Db } from './database';

/** A text that is older than texts are kept. */
export interface OldText {
  readonly id: number;
  /** Null when Twilio never had it. */
  readonly sid: string | null;
}

/** Looked through at once: a table of a million rows must not hold up webhooks. */
const A_STRETCH = 5_000;

export class Retention {
  constructor(private readonly db: Db) {}

  /** Behind `afterId`; what is still on its way is left. @returns where to go on, null at the end. Walks the primary key. */
  async old(before: Date, afterId: number): Promise<{ texts: OldText[]; next: number | null }> {
    const last = await this.db.message.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
    if (last === null || afterId >= last.id) return { texts: [], next: null };
    const upTo = afterId + A_STRETCH;
    const texts = await this.db.message.findMany({
      where: {
        id: { gt: afterId, lte: upTo },
        createdAt: { lt: before },
        text: { not: '' },
        state: { notIn: ['QUEUED', 'SENDING', 'UNCERTAIN'] },
        NOT: { state: 'RECEIVED', processedAt: null },
      },
      orderBy: { id: 'asc' },
      select: { id: true, sid: true },
    });
    return { texts, next: upTo };
  }

  /** Rows stay, for the counts and the record; what was written is gone. */
  empty = (ids: readonly number[]) =>
    this.db.message.updateMany({
      where: { id: { in: [...ids] } },
      data: { text: '', media: null, classifiedBy: null },
    });
}
