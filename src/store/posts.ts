import type { Db } from './database';
import { Prisma } from './generated/client';

/** Slack's words for a channel that takes no post at all. */
const CLOSED = ['not_in_channel', 'channel_not_found', 'is_archived', 'is_inactive'];

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
export class Posts {
  constructor(private readonly db: Db) {}

  /** Wants a post, or an update of it when it exists. While it waits it keeps the more urgent of its priorities. */
  async want(post: WantedPost, at: Date): Promise<void> {
    const { key, kind, ref, channel, threadOf = null, threadTs = null, body = null, priority } = post;
    await this.db.$executeRaw`
      INSERT INTO Post (key, kind, ref, channel, threadOf, threadTs, body, priority, createdAt)
      VALUES (${key}, ${kind}, ${ref}, ${channel}, ${threadOf}, ${threadTs}, ${body}, ${priority}, ${at})
      ON CONFLICT (key) DO UPDATE SET wanted = wanted + 1, body = coalesce(excluded.body, body),
        priority = CASE state WHEN 'POSTED' THEN excluded.priority ELSE min(priority, excluded.priority) END,
        state = CASE state WHEN 'POSTED' THEN 'WAITING' ELSE state END`;
  }

  /** What the post shows has changed. Nothing happens when there is no such post. */
  async touch(key: string): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Post SET wanted = wanted + 1, state = CASE state WHEN 'POSTED' THEN 'WAITING' ELSE state END
      WHERE key = ${key}`;
  }

  /** A post that stands somewhere becomes another one there, under another key. @returns false when it stands nowhere */
  async retire(key: string, to: { key: string; kind: string; body: string }): Promise<boolean> {
    const changed = await this.db.$executeRaw`
      UPDATE Post SET key = ${to.key}, kind = ${to.kind}, body = ${to.body}, wanted = wanted + 1, state = 'WAITING'
      WHERE key = ${key} AND ts IS NOT NULL`;
    return changed === 1;
  }

  /** A post that stands where nothing can be changed any more. */
  async abandon(key: string, to: string): Promise<void> {
    await this.db.$executeRaw`UPDATE Post SET key = ${to}, state = 'POSTED' WHERE key = ${key} AND ts IS NOT NULL`;
  }

  /** What is not posted yet is posted elsewhere, in no thread, and is due at once. */
  async moveTo(key: string, channel: string): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Post SET channel = ${channel}, threadOf = NULL, threadTs = NULL, state = 'WAITING', notBefore = NULL,
        attempts = 0, problem = NULL
      WHERE key = ${key} AND ts IS NULL`;
  }

  /** What is not posted yet of a thread, its head included, goes into another channel, and is due at once. */
  async moveUnposted(headKey: string, channel: string): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Post SET channel = ${channel}, state = 'WAITING', notBefore = NULL, attempts = 0
      WHERE (key = ${headKey} OR threadOf = ${headKey}) AND ts IS NULL AND kind <> 'mark'`;
  }

  /** Whose keys begin so. Uses the index on key. */
  keysBeginning = (beginning: string) =>
    this.db.post.findMany({ where: { key: { gte: beginning, lt: `${beginning}\uffff` } } });

  byKey = (key: string) => this.db.post.findUnique({ where: { key } });

  newestOfKind = (kind: string, limit: number) =>
    this.db.post.findMany({ where: { kind }, orderBy: { id: 'desc' }, take: limit });

  at = (channel: string, ts: string) => this.db.post.findFirst({ where: { channel, ts } });

  /**
   * Behind and due, what matters most first. New messages for `busyChannels` are left out, so that a channel in which
   * thousands wait does not hold up the others. In a thread the patient's texts keep their order: one that Slack has not
   * taken yet holds back those after it, unless it is Slack that will not have it as it is. Uses the indices on (state,
   * priority, id) and (threadOf, id).
   */
  async due(now: Date, { limit, busyChannels }: { limit: number; busyChannels: readonly string[] }) {
    const ids = await this.db.$queryRaw<{ id: bigint }[]>`
      SELECT p.id AS id FROM Post p
      WHERE p.state IN ('WAITING', 'POSTING') AND (p.notBefore IS NULL OR p.notBefore <= ${now})
        AND (p.ts IS NOT NULL OR p.kind = 'mark'
          OR p.channel NOT IN (SELECT value FROM json_each(${JSON.stringify(busyChannels)})))
        AND NOT (p.kind IN ('reply', 'picture') AND p.ts IS NULL AND EXISTS (
          SELECT 1 FROM Post e WHERE e.threadOf = p.threadOf AND e.id < p.id AND e.kind = 'reply' AND e.ts IS NULL
            AND e.state <> 'POSTED' AND (e.problem IS NULL OR e.problem IN (${Prisma.join([...CLOSED])}))))
      ORDER BY p.priority, p.id LIMIT ${limit}`;
    const order = ids.map(({ id }) => Number(id));
    const found = await this.db.post.findMany({ where: { id: { in: order } } });
    const byId = new Map(found.map((post) => [post.id, post]));
    return order.flatMap((id) => byId.get(id) ?? []);
  }

  /** The channel takes our posts again: what was refused for it is due. */
  async tryAgainIn(channel: string): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Post SET notBefore = NULL
      WHERE channel = ${channel} AND state = 'WAITING' AND problem IN (${Prisma.join([...CLOSED])})`;
  }

  /** What is still to be posted of a thread goes no later than this. */
  async hasten(threadOf: string, priority: number): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Post SET priority = ${priority}
      WHERE threadOf = ${threadOf} AND kind IN ('reply', 'picture') AND ts IS NULL AND priority > ${priority}`;
  }

  /** When the next post that is behind becomes due; null when none waits for a time. */
  async nextDue(now: Date): Promise<Date | null> {
    const { _min } = await this.db.post.aggregate({
      where: { state: { in: ['WAITING', 'POSTING'] }, notBefore: { gt: now } },
      _min: { notBefore: true },
    });
    return _min.notBefore;
  }

  /** Written before Slack is called: found in this state after a crash, a post may stand there or not. */
  async begin(id: number, at: Date): Promise<void> {
    await this.db.post.update({
      where: { id },
      data: { state: 'POSTING', attemptedAt: at, attempts: { increment: 1 } },
    });
  }

  /** `posted`: which of the wanted versions stands there now; a newer one waits. */
  async done(
    id: number,
    { channel, ts, posted, notBefore }: { channel: string; ts: string; posted: number; notBefore: Date },
  ): Promise<void> {
    await this.db.$executeRaw`
      UPDATE Post SET channel = ${channel}, ts = ${ts}, posted = ${posted}, attempts = 0, problem = NULL,
        notBefore = ${notBefore}, state = CASE WHEN wanted > ${posted} THEN 'WAITING' ELSE 'POSTED' END
      WHERE id = ${id}`;
  }

  async later(id: number, notBefore: Date, change: { state?: 'WAITING'; problem?: string }): Promise<void> {
    await this.db.post.update({ where: { id }, data: { notBefore, ...change } });
  }

  waiting = () => this.db.post.count({ where: { state: { in: ['WAITING', 'POSTING'] } } });
}
