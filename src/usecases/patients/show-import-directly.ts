import type { Ports } from '../ports';

/** What an import shows: its card, and the rows that were left out as a file. */
const KINDS: readonly string[] = ['import', 'rejected-rows'];

interface Refused {
  readonly key: string;
  readonly kind: string;
  readonly ref: number;
  readonly channel: string;
}

/**
 * The channel in which a file was dropped takes no posts any more: its card goes on in the DM with whoever dropped it, with
 * its buttons, so that they can decide and see what became of it.
 * @returns false when it is nothing of an import, or cannot be shown there either
 * @throws Error when Slack does not answer
 */
export async function showImportDirectly(ports: Ports, { key, kind, ref, channel: from }: Refused): Promise<boolean> {
  const { store, room, clock } = ports;
  const record = KINDS.includes(kind) ? await store.imports.byId(ref) : null;
  if (record === null) return false;
  const channel = await room.directChannel(record.requestedBy);
  if (channel === from) return false;
  await store.transaction(async (tx) => {
    const post = await tx.posts.byKey(key);
    if (post?.channel !== from) return;
    if (post.ts === null) return tx.posts.moveTo(key, channel);
    await tx.posts.abandon(key, `former:${key}:${post.ts}`);
    await tx.posts.want({ key, kind, ref, channel, priority: 3 }, clock.now());
  });
  return true;
}
