import type { Db } from './database';

export interface WantedPost {
  /** Unique: wanting the same post twice makes one. */
  readonly key: string;
  readonly kind: string;
  readonly ref: number;
  readonly channel: string;
  readonly threadOf?: string;
  readonly threadTs?: string | undefined;
  readonly body?: string;
  readonly priority: number;
}

/** The outbox of Slack: what is to be shown, and how far Slack is behind. */
export const posts = (db: Db) => ({
  /** Wants a post, or an update of it when it exists. */
  async want(post: WantedPost, at: Date): Promise<void> {
    const { key, kind, ref, channel, priority } = post;
    await db.post.upsert({
      where: { key },
      create: {
        key,
        kind,
        ref,
        channel,
        priority,
        threadOf: post.threadOf ?? null,
        threadTs: post.threadTs ?? null,
        body: post.body ?? null,
        createdAt: at,
      },
      update: { wanted: { increment: 1 }, priority, ...(post.body === undefined ? {} : { body: post.body }) },
    });
  },

  /** What the post shows has changed. Nothing happens when there is no such post. */
  async touch(key: string): Promise<void> {
    await db.post.updateMany({ where: { key }, data: { wanted: { increment: 1 } } });
  },

  byKey: (key: string) => db.post.findUnique({ where: { key } }),

  at: (channel: string, ts: string) => db.post.findFirst({ where: { channel, ts } }),

  /** Behind and due, what matters most first. Uses the index on (state, priority, id). */
  due(now: Date, limit: number) {
    return db.post.findMany({
      where: {
        state: { in: ['WAITING', 'POSTING', 'POSTED'] },
        posted: { lt: db.post.fields.wanted },
        OR: [{ notBefore: null }, { notBefore: { lte: now } }],
      },
      orderBy: [{ priority: 'asc' }, { id: 'asc' }],
      take: limit,
    });
  },

  /** Written before Slack is called: found in this state after a crash, a post may stand there or not. */
  async begin(id: number, at: Date): Promise<void> {
    await db.post.update({ where: { id }, data: { state: 'POSTING', attemptedAt: at, attempts: { increment: 1 } } });
  },

  async done(
    id: number,
    result: { channel: string; ts: string; posted: number; at: Date; pauseMs: number },
  ): Promise<void> {
    await db.post.update({
      where: { id },
      data: {
        state: 'POSTED',
        channel: result.channel,
        ts: result.ts,
        posted: result.posted,
        attempts: 0,
        problem: null,
        notBefore: new Date(result.at.getTime() + result.pauseMs),
      },
    });
  },

  async later(id: number, notBefore: Date, change: { state?: 'WAITING' | 'POSTED'; problem?: string }): Promise<void> {
    await db.post.update({ where: { id }, data: { notBefore, ...change } });
  },

  waiting: () => db.post.count({ where: { posted: { lt: db.post.fields.wanted } } }),
});
