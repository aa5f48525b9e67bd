import type { WebClient } from '@slack/web-api';
import type { StaffMessage, ThreadsSince } from '../usecases/staff-message';
import { staffFiles } from './files';
import { ifReadable } from './patiently';

/** Messages that people wrote in a thread after `after`, oldest first. */
export async function threadMessages(
  client: WebClient,
  { channel, threadTs }: { channel: string; threadTs: string },
  after: string,
): Promise<StaffMessage[] | null> {
  const found: StaffMessage[] = [];
  for (let cursor = ''; ;) {
    const asked = { channel, ts: threadTs, oldest: after, limit: 200, ...(cursor === '' ? {} : { cursor }) };
    const page = await ifReadable(() => client.conversations.replies(asked));
    if (page === null) return null;
    for (const raw of page.messages ?? []) {
      const message = staffMessageOf(raw as Record<string, unknown>, { channel, threadTs });
      if (message !== null && Number(message.ts) > Number(after)) found.push(message);
    }
    cursor = page.response_metadata?.next_cursor ?? '';
    if (cursor === '') return found;
  }
}

/** Subtypes of what a person writes; a message with files has none in histories. */
const BY_PERSON: readonly unknown[] = [undefined, 'file_share', 'thread_broadcast'];

/** A message of a thread, if a person wrote it. The head of the thread is ours. */
function staffMessageOf(
  raw: Readonly<Record<string, unknown>>,
  { channel, threadTs }: { channel: string; threadTs: string },
): StaffMessage | null {
  const { ts, user, bot_id, subtype, text, files, edited } = raw;
  if (typeof ts !== 'string' || typeof user !== 'string' || ts === threadTs) return null;
  if (bot_id !== undefined || !BY_PERSON.includes(subtype)) return null;
  const isBroadcast = subtype === 'thread_broadcast';
  const editedAt = (edited as { ts?: string } | undefined)?.ts;
  const words = typeof text === 'string' ? text : '';
  return {
    channel,
    ts,
    threadTs,
    user,
    text: words,
    files: staffFiles(files),
    isBroadcast,
    ...(editedAt && { editedAt }),
  };
}

interface Head {
  readonly ts?: string;
  readonly user?: string;
  readonly reply_users?: readonly string[];
  readonly reply_users_count?: number;
  readonly latest_reply?: string;
}

/**
 * A channel's heads say who wrote in their threads, and when last: of thousands few have to be read. A deleted head says
 * so as well.
 */
export async function threadsOfStaff(
  client: WebClient,
  channel: string,
  since: ThreadsSince,
): Promise<readonly string[] | null> {
  const oldest = String(since.heads.getTime() / 1000);
  const found: string[] = [];
  for (let cursor = ''; ;) {
    const asked = { channel, oldest, limit: 200, ...(cursor === '' ? {} : { cursor }) };
    const page = await ifReadable(() => client.conversations.history(asked));
    if (page === null) return null;
    for (const head of (page.messages ?? []) as readonly Head[])
      if (head.ts !== undefined && hasNewsOfPeople(head, since.news)) found.push(head.ts);
    cursor = page.response_metadata?.next_cursor ?? '';
    if (cursor === '') return found;
  }
}

const hasNewsOfPeople = (head: Head, since: Date): boolean => {
  const { user, reply_users: people = [], reply_users_count: count = people.length, latest_reply: latest = '0' } = head;
  return Number(latest) * 1000 >= since.getTime() && (people.some((one) => one !== user) || count > people.length);
};
