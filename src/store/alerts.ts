import type { StoredAlert } from '../domain/alerts';
import type { Db } from './database';

/** Posts that Slack refused this often will not go by waiting. */
const MANY_ATTEMPTS = 4;
/** What tells of a channel has an alert of its own; and nothing to show is nothing refused. */
const TOLD_ELSEWHERE = ['not_in_channel', 'channel_not_found', 'is_archived', 'is_inactive', 'nothing to show'];

/** What admins were told of, and the signs of trouble that stand in the database. */
export class Alerts {
  constructor(private readonly db: Db) {}

  all = (): Promise<StoredAlert[]> => this.db.alert.findMany();

  async begin(kind: string, { at, detail }: { at: Date; detail: string }): Promise<void> {
    const fresh = { since: at, endedAt: null, detail, told: false };
    await this.db.alert.upsert({ where: { kind }, create: { kind, ...fresh }, update: fresh });
  }

  /** One whose beginning was told by who noticed it; one that stands already is left. */
  async beginTold(kind: string, at: Date): Promise<void> {
    const fresh = { since: at, endedAt: null, told: true };
    const { count } = await this.db.alert.updateMany({ where: { kind, endedAt: { not: null } }, data: fresh });
    if (count === 0) await this.db.alert.upsert({ where: { kind }, create: { kind, ...fresh }, update: {} });
  }

  end = (kind: string, at: Date) =>
    this.db.alert.updateMany({ where: { kind, endedAt: null }, data: { endedAt: at, told: false } });

  /** `endedAt`: as it was when it was told; it may have ended since. */
  markTold = ({ kind, since, endedAt }: Pick<StoredAlert, 'kind' | 'since' | 'endedAt'>) =>
    this.db.alert.updateMany({ where: { kind, since, endedAt }, data: { told: true } });

  /** Uses the index on (state, campaignId, zones) and that of attempts on messageId. */
  async uncertain(): Promise<{ texts: number; oldest: Date | null }> {
    const texts = await this.db.message.count({ where: { state: 'UNCERTAIN' } });
    if (texts === 0) return { texts, oldest: null };
    const { _min } = await this.db.attempt.aggregate({
      where: { message: { state: 'UNCERTAIN' }, outcome: 'unknown' },
      _min: { startedAt: true },
    });
    return { texts, oldest: _min.startedAt };
  }

  /** Uses the index on (state, priority, id). */
  async refusedPosts(): Promise<{ refused: number; error: string }> {
    const where = {
      state: 'WAITING' as const,
      attempts: { gte: MANY_ATTEMPTS },
      problem: { not: null, notIn: TOLD_ELSEWHERE },
    };
    const refused = await this.db.post.count({ where });
    const first = refused === 0 ? null : await this.db.post.findFirst({ where, select: { problem: true } });
    return { refused, error: first?.problem ?? '' };
  }

  /** Whether something was posted there since. Slack's ts are seconds, with leading digits enough to be compared. */
  async tookPostsSince(channel: string, since: Date): Promise<boolean> {
    const found = await this.db.post.findFirst({
      where: { channel, ts: { gt: (since.getTime() / 1_000).toFixed(6) }, kind: { not: 'mark' } },
      select: { id: true },
    });
    return found !== null;
  }
}
