import { headKey } from '../conversations/show-reply';
import { showImportDirectly } from '../patients/show-import-directly';
import type { Ports } from '../ports';
import { MOVED_REQUEST } from './requests';
import { tellAdmins } from './tell-admins';
import { showDeletedAgain } from './waiting-requests';

const ARCHIVED = 'It is archived. Unarchive it, or choose another.';

/** Slack's words for a channel that does not take our posts, in ours. */
const WHY: ReadonlyMap<string, string> = new Map([
  ['not_in_channel', 'CareThread is not in it. Type /invite @CareThread there.'],
  [
    'channel_not_found',
    'CareThread is not in it, or it was deleted. Type /invite @CareThread there, or choose another.',
  ],
  ['is_archived', ARCHIVED],
  // So it is called where a message that stands there is to be changed.
  ['is_inactive', ARCHIVED],
]);

interface Refused {
  readonly key: string;
  readonly kind: string;
  readonly ref: number;
  readonly channel: string;
  readonly threadOf: string | null;
  readonly ts: string | null;
  readonly error: string;
}

const conversationIdOf = ({ key, threadOf }: Refused): number | null => {
  const [, id] = /^conversation:(\d+)$/.exec(threadOf ?? key) ?? [];
  return id === undefined ? null : Number(id);
};

/** What is left where something has been. */
const SIGNPOSTS: readonly string[] = [MOVED_REQUEST, 'moved'];

/** What is done about a post that Slack refused: `waits` for somebody to mend the channel, is `settled`, or neither. */
export type Heeded = 'waits' | 'settled' | 'unheeded';

/**
 * A channel does not take our posts. A conversation that was routed there goes on in the usual channel, whole; what belongs
 * into the usual channel itself waits. A file's card goes on with whoever dropped it. Admins are told either way, once a day, what to do.
 */
export async function heedUnreachable(ports: Ports, refused: Refused): Promise<Heeded> {
  const why = WHY.get(refused.error);
  if (why === undefined) return heedDeleted(ports, refused);
  // Where nobody can look nobody needs a sign that it goes on elsewhere.
  if (SIGNPOSTS.includes(refused.kind)) return 'settled';
  const { channel } = refused;
  const usual = ports.clinic.channels.replies;
  const id = conversationIdOf(refused);
  const isMoved = channel !== usual && id !== null;
  if (isMoved) await beginAnew(ports, { id, from: channel, to: usual });
  const isDirect = !isMoved && (await showImportDirectly(ports, refused));
  await ports.store.alerts.beginTold(`channel:${channel}`, ports.clock.now());
  const day = ports.clock.now().toISOString().slice(0, 10);
  await tellAdmins(ports, {
    key: `unreachable:${channel}:${day}`,
    text: `⚠️ I cannot post in <#${channel}>. ${why} ${whatNow(isMoved ? 'moved' : isDirect ? 'direct' : 'waits', usual)}`,
  });
  return isMoved || isDirect ? 'settled' : 'waits';
}

function whatNow(what: 'moved' | 'direct' | 'waits', usual: string): string {
  if (what === 'moved') return `Replies that belong there go to <#${usual}> instead.`;
  if (what === 'direct') return 'Whoever dropped a file of patients there sees what became of it in their DM with me.';
  return 'What belongs there waits, in order, and nothing is lost.';
}

/**
 * Somebody deleted a card of ours. A conversation needs its head and goes on under a new one, and what waits for reviewers
 * comes again; any other card stays away.
 */
async function heedDeleted(ports: Ports, refused: Refused): Promise<Heeded> {
  const { channel, kind, ref, ts, error } = refused;
  const isItself = error === 'message_not_found' && ts !== null;
  const isHead = kind === 'conversation' ? isItself : error === 'thread_not_found';
  const id = isHead ? conversationIdOf(refused) : null;
  if (id !== null) await beginAnew(ports, { id, from: channel, to: channel });
  if (isItself && (kind === 'approval' || kind === 'template_review')) await showDeletedAgain(ports, { kind, ref });
  return id !== null || isItself ? 'settled' : 'unheeded';
}

const ABANDONED = 'abandoned:';

/** Whether it was the head of a conversation, which goes on under another one. */
export const wasAbandoned = ({ key }: { readonly key: string }): boolean => key.startsWith(ABANDONED);

async function beginAnew(
  { store, clock }: Ports,
  { id, from, to }: { id: number; from: string; to: string },
): Promise<void> {
  const at = clock.now();
  await store.transaction(async (tx) => {
    const conversation = await tx.conversations.byId(id);
    if (conversation?.channel !== from) return;
    const key = headKey(id);
    // A head that stands there still stays as it is: nothing can be changed in it.
    await tx.posts.abandon(key, `${ABANDONED}${id}:${conversation.threadTs ?? '0'}`);
    await tx.conversations.update(id, { channel: to, threadTs: null });
    await tx.posts.moveUnposted(key, to);
    await tx.posts.want({ key, kind: 'conversation', ref: id, channel: to, priority: 2 }, at);
  });
}
