import { BROADCAST } from '../conversations/show-reply';
import { postRejectedRows } from '../patients/rejected-rows';
import type { Place, Ports, PostOutcome } from '../ports';
import { catchUpThread } from '../conversations/catch-up-threads';
import { cardOf } from './card-of';
import { mayStandSince, originOf } from './origin';
import { heedUnreachable } from './unreachable-channel';
import { ClosedChannels } from './closed-channels';
import { PatientsPictures } from './patients-pictures';
import { showMark } from './show-mark';

type Post = Awaited<ReturnType<Ports['store']['posts']['due']>>[number];

/** Slack takes about one new message a second in a channel. */
const BETWEEN_POSTS_MS = 1_050;
/** Its thread does not stand yet, or its file is still being fetched. */
const WAITS = 'waits';
type Delivered = 'done' | 'busy' | typeof WAITS;
/** What is due within this time is waited for; the tick comes for the rest. */
const SOON_MS = 3_000;
/** A card is updated no more often than this. */
const BETWEEN_UPDATES_MS = 1_200;

/**
 * Brings Slack up to what is wanted: the outbox. What matters most goes first; channels do not wait for each other; a
 * thread's replies wait for its head. Slack's outages delay posts and lose none; a post whose outcome is unknown is
 * looked for in the channel by its id before it is posted again.
 */
export class PostDelivery {
  /** Until when a channel takes no new message. */
  private readonly channelFreeAt = new Map<string, number>();
  private readonly closed = new ClosedChannels();

  private readonly pictures: PatientsPictures;

  constructor(private readonly ports: Ports) {
    this.pictures = new PatientsPictures(ports);
  }

  /** One round. @returns after how many ms it is worth coming back; null when nothing is left that could go soon */
  async round(): Promise<number | null> {
    const { store, clock } = this.ports;
    const busyChannels = [...this.channelFreeAt].flatMap(([channel, at]) => (at > Date.now() ? [channel] : []));
    const closed = this.closed.at(clock.now());
    const due = await store.posts.due(clock.now(), { limit: 60, busyChannels: [...busyChannels, ...closed] });
    const channels = groupByChannel(due);
    const moved = await Promise.all([...channels.values()].map((posts) => this.serveChannel(posts)));
    if (moved.some(Boolean)) return 0;
    const now = clock.now();
    const next = await store.posts.nextDue(now);
    const waits = [...this.channelFreeAt.values()].map((at) => at - Date.now());
    if (next) waits.push(next.getTime() - now.getTime());
    const shortest = Math.min(...waits.filter((ms) => ms > 0));
    return shortest <= SOON_MS ? shortest : null;
  }

  /** At most one new message a round and channel; updates and marks besides. */
  private async serveChannel(posts: readonly Post[]): Promise<boolean> {
    let posted = false;
    let moved = false;
    for (const post of posts) {
      const isNew = post.ts === null && post.kind !== 'mark';
      if (isNew && (posted || Date.now() < (this.channelFreeAt.get(post.channel) ?? 0))) continue;
      if (isNew && this.closed.at(this.ports.clock.now()).includes(post.channel)) continue;
      try {
        const outcome = await this.deliver(post);
        if (outcome === WAITS) continue;
        moved = true;
        posted ||= isNew;
        if (isNew) this.channelFreeAt.set(post.channel, Date.now() + BETWEEN_POSTS_MS);
        if (outcome === 'busy') return moved;
      } catch (err) {
        this.ports.log.error({ err, postId: post.id }, 'a post failed; it is tried again');
        await this.ports.store.posts.later(post.id, this.in(10_000), {});
      }
    }
    return moved;
  }

  private async deliver(post: Post): Promise<Delivered> {
    const { store, room } = this.ports;
    if (post.kind === 'mark') return this.settle(post, await showMark(this.ports, post), 0);
    if (post.kind === 'rejected-rows' || post.kind === 'picture') return this.deliverFile(post);
    const card = await cardOf(this.ports, post);
    if (!card) {
      await store.posts.later(post.id, this.in(3_600_000), { problem: 'nothing to show' });
      return 'done';
    }
    const place = await this.placeOf(post);
    if (!place) return WAITS;
    if (post.ts !== null)
      return this.settle(post, await room.update({ channel: post.channel, ts: post.ts }, card), BETWEEN_UPDATES_MS);
    const origin = await originOf(this.ports, post);
    const id = { key: post.key, origin: origin?.mark };
    const since = await mayStandSince(this.ports, post, origin);
    const ts = since === null ? null : await room.find(place, id, since);
    if (ts !== null) return this.takeOver(post, ts);
    await store.posts.begin(post.id, this.ports.clock.now());
    return this.settle(post, await room.post(place, card, id), BETWEEN_UPDATES_MS);
  }

  /** It stands there after all, perhaps with older words; staff may have answered in its thread, unheard. */
  private async takeOver(post: Post, ts: string): Promise<Delivered> {
    const { channel } = post;
    const done = await this.settle({ ...post, wanted: 0 }, { kind: 'posted', channel, ts }, 0);
    if (post.kind === 'conversation') await catchUpThread(this.ports, { channel, threadTs: ts }, ts);
    return done;
  }

  private async deliverFile(post: Post): Promise<Delivered> {
    const place = await this.placeOf(post);
    if (!place) return WAITS;
    if (post.kind === 'rejected-rows')
      return this.settle(post, await postRejectedRows(this.ports, post, place), BETWEEN_UPDATES_MS);
    const outcome = await this.pictures.post(post, place);
    if ('kind' in outcome) return this.settle(post, outcome, BETWEEN_UPDATES_MS);
    await this.ports.store.posts.later(post.id, this.in(outcome.againInMs), {});
    return WAITS;
  }

  private async placeOf(post: Post): Promise<Place | null> {
    if (post.threadOf === null)
      return { channel: post.channel, ...(post.threadTs === null ? {} : { threadTs: post.threadTs }) };
    const head = await this.ports.store.posts.byKey(post.threadOf);
    const broadcast = post.kind === 'reply' && post.body === BROADCAST;
    return head?.ts ? { channel: head.channel, threadTs: head.ts, ...(broadcast && { broadcast }) } : null;
  }

  /** Writes down what Slack said. */
  private async settle(post: Post, outcome: PostOutcome, pauseMs: number): Promise<'done' | 'busy'> {
    const { store } = this.ports;
    switch (outcome.kind) {
      case 'posted': {
        const { channel, ts } = outcome;
        const notBefore = this.in(pauseMs);
        await store.transaction(async (tx) => {
          await tx.posts.done(post.id, { channel, ts, posted: post.wanted, notBefore });
          if (post.kind === 'conversation') await tx.conversations.update(post.ref, { channel, threadTs: ts });
        });
        if (post.ts === null && this.closed.open(post.channel)) await this.opened(post.channel);
        return 'done';
      }
      case 'busy':
        this.channelFreeAt.set(post.channel, Date.now() + outcome.retryAfterMs);
        await store.posts.later(post.id, this.in(outcome.retryAfterMs), post.ts === null ? { state: 'WAITING' } : {});
        return 'busy';
      case 'unknown':
        await store.posts.later(post.id, this.in(2_000), {});
        return 'busy';
      case 'refused':
        await this.refused(post, outcome.error);
        return 'done';
    }
  }

  /** The channel takes our posts again; what staff wrote in it meanwhile was told to nobody. */
  private async opened(channel: string): Promise<void> {
    await this.ports.store.posts.tryAgainIn(channel);
    this.ports.wake.threads();
  }

  private async refused(post: Post, error: string): Promise<void> {
    const { store, clock, log } = this.ports;
    log.warn({ postId: post.id, kind: post.kind, error }, 'Slack refused a post');
    const heeded = await heedUnreachable(this.ports, { ...post, error });
    if (heeded === 'settled' && post.ts !== null) {
      const { id, channel, ts, wanted } = post;
      return store.posts.done(id, { channel, ts, posted: wanted, notBefore: clock.now() });
    }
    if (heeded === 'settled') return;
    const isNew = post.ts === null && post.kind !== 'mark';
    // What waits for a channel is held back together, so that it comes in order when the channel is there again.
    const pause = heeded === 'waits' && isNew ? 0 : Math.min(600_000, 15_000 * 2 ** Math.min(post.attempts, 6));
    if (pause === 0) this.closed.close(post.channel, clock.now());
    await store.posts.later(post.id, this.in(pause), { state: 'WAITING', problem: error });
  }

  private in(ms: number): Date {
    return new Date(this.ports.clock.now().getTime() + ms);
  }
}

const groupByChannel = (posts: readonly Post[]): Map<string, Post[]> => {
  const groups = new Map<string, Post[]>();
  for (const post of posts) groups.set(post.channel, [...(groups.get(post.channel) ?? []), post]);
  return groups;
};
