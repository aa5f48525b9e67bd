import type { Ports } from '../ports';

type Post = NonNullable<Awaited<ReturnType<Ports['store']['posts']['byKey']>>>;

/** What a post follows from, by Twilio's id: the same in every copy of the database. */
export interface Origin {
  /** `reply:SM…`, `head:SM…`: it goes into the post's metadata; `picture:…:0`: into a file's title. */
  readonly mark: string;
  /** When the patient wrote it. */
  readonly at: Date;
}

/**
 * The patient's text that a reply shows, or with which a conversation began; null for other posts. Our own ids do not tell
 * a post again after a restore: the database that gave them is not this one.
 */
export async function originOf({ store }: Pick<Ports, 'store'>, { kind, ref, body }: Post): Promise<Origin | null> {
  if (kind === 'picture') {
    const text = await store.messages.byId(ref);
    // A file's title is read by people: so much of the id is enough within a thread.
    return text?.sid == null ? null : { mark: `picture:${text.sid.slice(-8)}:${body ?? '0'}`, at: text.createdAt };
  }
  if (kind === 'reply') {
    const text = await store.messages.byId(ref);
    return text?.sid == null ? null : { mark: `reply:${text.sid}`, at: text.createdAt };
  }
  if (kind !== 'conversation') return null;
  const text = await store.conversations.firstReply(ref);
  return text?.sid == null ? null : { mark: `head:${text.sid}`, at: text.createdAt };
}

/**
 * Since when a post that this database has never made may stand in Slack all the same: from the time between the backup and
 * the restore. Null when it cannot.
 */
export async function mayStandSince(
  { store }: Pick<Ports, 'store'>,
  post: Post,
  origin: Origin | null,
): Promise<Date | null> {
  if (post.state === 'POSTING') return post.attemptedAt ?? post.createdAt;
  if (origin === null || post.attempts > 0) return null;
  const restore = await store.restored.mark();
  return restore !== null && origin.at.getTime() < restore.restoredAt ? new Date(restore.since) : null;
}
