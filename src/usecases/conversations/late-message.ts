import { AppError } from '../../domain/errors';
import type { StoredConversation } from '../../store/conversations';
import type { Tx } from '../../store/store';
import { markKey } from '../messages/message-changed';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import type { StaffMessage } from '../staff-message';
import { refuse, sendFromThread, writtenAt } from './send-from-thread';

/** A staff message that was written while the app was down is texted if it is no older than this, in ms. */
export const FRESH_MS = 15 * 60_000;

export const isLate = (message: StaffMessage, now: Date): boolean =>
  now.getTime() - writtenAt(message).getTime() > FRESH_MS;

export const lateKey = (channel: string, ts: string): string => `late:${channel}:${ts}`;

/** What the card about a late message keeps. */
export interface LateMessage {
  readonly message: StaffMessage;
  readonly decision: 'open' | 'sent' | 'dropped';
  readonly decidedBy: string | null;
}

/**
 * Much may have happened since: the patient was called, or came. So whoever follows the thread decides.
 * @throws AppError FORBIDDEN when the one who wrote it may not text patients: then there is nothing to ask
 */
export async function askAboutLate(
  ports: Ports,
  { message, conversation, at }: { message: StaffMessage; conversation: StoredConversation; at: Date },
): Promise<void> {
  await requireRight(ports, message.user, 'conversations.answer');
  const { channel, ts, threadTs } = message;
  await ports.store.transaction(async (tx) => {
    const asking = { kind: 'mark', ref: 0, channel, threadTs: ts, body: 'waiting', priority: 1 };
    await tx.posts.want({ key: `asked:${channel}:${ts}`, ...asking }, at);
    const late: LateMessage = { message, decision: 'open', decidedBy: null };
    const body = JSON.stringify(late);
    await tx.posts.want(
      { key: lateKey(channel, ts), kind: 'late', ref: conversation.id, channel, threadTs, body, priority: 2 },
      at,
    );
  });
}

/**
 * Send or Don't, pressed on the card. The words are read from Slack again: they may have been edited meanwhile.
 * @throws AppError FORBIDDEN, NOT_FOUND, ALREADY_DECIDED, DELETED
 */
export async function decideLate(
  ports: Ports,
  { channel, ts, actor, send }: { channel: string; ts: string; actor: string; send: boolean },
): Promise<void> {
  await requireRight(ports, actor, 'conversations.answer');
  const { store } = ports;
  const key = lateKey(channel, ts);
  const post = await store.posts.byKey(key);
  const conversation = post ? await store.conversations.byId(post.ref) : null;
  if (!post?.body || !conversation) throw notFound('message', ts);
  const { message, decision, decidedBy } = JSON.parse(post.body) as LateMessage;
  if (decision !== 'open') throw alreadyDecided(decision, decidedBy);
  const at = ports.clock.now();
  const decided = async (tx: Tx): Promise<void> => {
    const late: LateMessage = { message, decision: send ? 'sent' : 'dropped', decidedBy: actor };
    const body = JSON.stringify(late);
    await tx.posts.want({ key, kind: 'late', ref: post.ref, channel, body, priority: 2 }, at);
    const action = send ? 'conversation.send_late' : 'conversation.drop_late';
    await tx.audit.append({ at, actor, action, subject: `conversation:${conversation.id}` });
  };
  if (send) await sendAfterAll(ports, { message, conversation, at });
  await store.transaction(async (tx) => {
    await decided(tx);
    const dropped = { kind: 'mark', ref: 0, channel, threadTs: ts, body: 'failed', priority: 2 };
    if (!send) await tx.posts.want({ key: markKey(channel, ts), ...dropped }, at);
  });
  ports.wake.posts();
  ports.wake.dispatch();
}

async function sendAfterAll(
  ports: Ports,
  { message, conversation, at }: { message: StaffMessage; conversation: StoredConversation; at: Date },
): Promise<void> {
  const { channel, threadTs, ts } = message;
  const before = String(Number(ts) - 1);
  const now = (await ports.room.threadMessages({ channel, threadTs }, before))?.find((one) => one.ts === ts);
  if (!now)
    throw new AppError('DELETED', {
      message: `message ${channel}:${ts} is gone`,
      userMessage: 'That message has been deleted, so there is nothing to text.',
    });
  try {
    await sendFromThread(ports, { message: now, conversation, at });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const why = error.userMessage;
    await ports.store.transaction((tx) => refuse(tx, { message: now, conversation, why, at }));
  }
}

const alreadyDecided = (decision: string, by: string | null): AppError =>
  new AppError('ALREADY_DECIDED', {
    message: 'a late message was decided on before',
    userMessage:
      decision === 'sent'
        ? `<@${by ?? 'app'}> has sent it already.`
        : `<@${by ?? 'app'}> has decided not to send it. Post it again if the patient should get it.`,
  });
