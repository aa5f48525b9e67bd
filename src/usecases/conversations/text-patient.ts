import { AppError } from '../../domain/errors';
import type { StoredConversation } from '../../store/conversations';
import type { Tx } from '../../store/store';
import { markKey } from '../messages/message-changed';
import type { Ports } from '../ports';
import type { StaffMessage } from '../staff-message';
import { askAboutLate, isLate, lateKey } from './late-message';
import { wasAbandoned } from '../posts/unreachable-channel';
import { refuse, sendFromThread, writtenAt } from './send-from-thread';
import { isNote } from './staff-words';

/**
 * A message in a conversation's thread: texted to the patient as typed, unless it is a note among staff. Idempotent by
 * Slack's channel and ts, whoever brings it: the event, the event again, or the catch-up.
 */
export async function textPatientFromThread(ports: Ports, message: StaffMessage): Promise<void> {
  const conversation = await findConversation(ports, message);
  if (await wasWorkedOn(ports, message)) return;
  const at = ports.clock.now();
  if (!conversation) return sayIfMoved(ports, message, at);
  try {
    if (isNote(message.text)) await ports.store.transaction((tx) => keepInside(tx, message, at));
    else if (await isTooLateUnasked(ports, message, at)) await askAboutLate(ports, { message, conversation, at });
    else await sendFromThread(ports, { message, conversation, at });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await ports.store.transaction((tx) => refuse(tx, { message, conversation, why: error.userMessage, at }));
  }
  ports.wake.posts();
  ports.wake.dispatch();
}

/** After a restore it may have been texted already: Twilio is asked, and only what it does not have is too old. */
const isTooLateUnasked = async ({ store }: Ports, message: StaffMessage, at: Date): Promise<boolean> =>
  isLate(message, at) && !(await store.restored.doubts(writtenAt(message)));

/** Written where the conversation has been: it goes on elsewhere, and nobody would look here. */
async function sayIfMoved({ store, wake }: Ports, message: StaffMessage, at: Date): Promise<void> {
  const { channel, threadTs, text } = message;
  const head = await store.posts.at(channel, threadTs);
  if (!head || !(head.kind === 'moved' || wasAbandoned(head)) || isNote(text)) return;
  const conversation = await store.conversations.byId(head.ref);
  if (!conversation) return;
  const place = conversation.channel === channel ? 'in a new thread of this channel' : `in <#${conversation.channel}>`;
  const why = `This conversation goes on ${place}. Write it in the thread there.`;
  await store.transaction((tx) => refuse(tx, { message, conversation, why, at }));
  wake.posts();
}

const wasWorkedOn = async ({ store }: Ports, { channel, ts }: StaffMessage): Promise<boolean> =>
  (await store.posts.byKey(markKey(channel, ts))) !== null || (await store.posts.byKey(lateKey(channel, ts))) !== null;

async function keepInside(tx: Tx, { channel, ts }: StaffMessage, at: Date): Promise<void> {
  await tx.posts.want(
    { key: markKey(channel, ts), kind: 'mark', ref: 0, channel, threadTs: ts, body: 'note', priority: 4 },
    at,
  );
}

/** An answer can be faster than the note of where our head card was posted: look again for a moment. */
async function findConversation(
  { store, clinic }: Ports,
  { channel, threadTs }: StaffMessage,
): Promise<StoredConversation | null> {
  for (let tries = 0; ; tries += 1) {
    const found = await store.conversations.byThread(channel, threadTs);
    if (found || tries >= 4 || channel !== clinic.channels.replies) return found;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
