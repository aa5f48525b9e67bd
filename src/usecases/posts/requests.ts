import type { Tx } from '../../store/store';
import type { Ports, StandingReaction } from '../ports';

/** A card on which reviewers decide by reaction, in the approvals channel. */
export interface Request {
  readonly key: string;
  readonly kind: 'approval' | 'template_review';
  /** The id of what is decided on. */
  readonly ref: number;
  readonly channel: string;
  readonly priority: number;
}

/** What is left of a request where it stood, in a channel that was the approvals channel. */
export const MOVED_REQUEST = 'moved-request';

const formerKeys = (key: string): string => `former:${key}:`;
const formerKey = (key: string, ts: string | null): string => `${formerKeys(key)}${ts ?? '0'}`;

/** What was decided on there. */
export const requestOf = ({ key }: { readonly key: string }): Request['kind'] =>
  key.startsWith(formerKeys('approval').slice(0, -1)) ? 'approval' : 'template_review';

/**
 * Shows a request in the approvals channel, or brings it up to date there. One that stands in another channel, because the
 * clinic has chosen anew, goes on as a new card; the old one says where.
 * @returns whether it went on elsewhere
 */
export async function showRequest(tx: Tx, request: Request, at: Date): Promise<boolean> {
  const { key, channel } = request;
  const known = await tx.posts.byKey(key);
  const isElsewhere = known !== null && known.channel !== channel;
  if (isElsewhere) {
    await tx.posts.retire(key, { key: formerKey(key, known.ts), kind: MOVED_REQUEST, body: channel });
    await tx.posts.moveUnposted(key, channel);
  }
  await tx.posts.want(request, at);
  return isElsewhere;
}

/** Somebody has deleted the card of a request that still waits: it comes again. */
export async function showRequestAgain(tx: Tx, request: Request, at: Date): Promise<void> {
  const known = await tx.posts.byKey(request.key);
  if (!known?.ts) return;
  await tx.posts.abandon(request.key, formerKey(request.key, known.ts));
  await tx.posts.want(request, at);
}

/** What stands on a request's card, and where it has stood before. */
export interface StandingOnRequest {
  readonly channel: string;
  readonly ts: string;
  /** What counts if it is new. */
  readonly onCard: readonly StandingReaction[];
  /** Whether this person's reaction stands anywhere; what is older than the card can stand where nobody can look. */
  readonly holds: (reaction: StandingReaction, decidedAt: Date) => boolean;
}

/**
 * Null while nothing can be read: it is not posted yet, or the app is not in its channel. `deleted`: somebody has deleted it.
 * @throws Error when Slack does not answer
 */
export async function standingOn({ store, room }: Ports, key: string): Promise<StandingOnRequest | 'deleted' | null> {
  const post = await store.posts.byKey(key);
  if (!post?.ts) return null;
  const { channel, ts, createdAt } = post;
  const onCard = await room.reactions({ channel, ts });
  if (onCard === 'deleted' || onCard === null) return onCard;
  const before: (readonly StandingReaction[] | null)[] = [];
  for (const former of await store.posts.keysBeginning(formerKeys(key))) {
    const found = former.ts === null ? null : await room.reactions({ channel: former.channel, ts: former.ts });
    before.push(found === 'deleted' ? null : found);
  }
  const readable = [onCard, ...before].flatMap((found) => found ?? []);
  const isHidden = before.includes(null);
  return {
    channel,
    ts,
    onCard,
    holds: ({ user, kind }, decidedAt) =>
      readable.some((reaction) => reaction.user === user && reaction.kind === kind) ||
      (isHidden && decidedAt <= createdAt),
  };
}
