import { MOST_SEGMENTS } from '../../domain/audience';
import { AppError } from '../../domain/errors';
import { slackToSms } from '../../domain/message-text';
import { countSegments } from '../../domain/segments';
import { explainError } from '../../domain/twilio-errors';
import { readWindowKey } from '../../domain/window-key';
import { WindowWatch } from '../../domain/window-watch';
import type { StoredConversation } from '../../store/conversations';
import type { Tx } from '../../store/store';
import { headKey } from './show-reply';
import { markKey } from '../messages/message-changed';
import { requireRight } from '../permissions';
import { sendingStopped } from '../campaigns/stop-all';
import type { Ports, StaffMessage } from '../ports';
import { queueText } from './queue-text';

/** A staff message that was written while the app was down is texted if it is no older than this, in ms. */
export const FRESH_MS = 15 * 60_000;

/**
 * A message in a conversation's thread: texted to the patient as typed, unless it is a note among staff. Idempotent by
 * Slack's channel and ts, whoever brings it: the event, the event again, or the catch-up.
 */
export async function textPatientFromThread(ports: Ports, message: StaffMessage): Promise<void> {
  const conversation = await findConversation(ports, message);
  if (!conversation) return;
  if (await ports.store.posts.byKey(markKey(message.channel, message.ts))) return;
  const at = ports.clock.now();
  try {
    if (isNote(message.text)) await ports.store.transaction((tx) => keepInside(tx, message, at));
    else await send(ports, { message, conversation, at });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await ports.store.transaction((tx) => refuse(tx, { message, conversation, why: error.userMessage, at }));
  }
  ports.wake.posts();
  ports.wake.dispatch();
}

interface Sending {
  readonly message: StaffMessage;
  readonly conversation: StoredConversation;
  readonly at: Date;
}

/** `//` and `note:` stay among staff. */
const isNote = (text: string): boolean => /^\s*(\/\/|note:)/i.test(text);

async function send(ports: Ports, sending: Sending): Promise<void> {
  const { message, conversation, at } = sending;
  const { channel, ts } = message;
  await requireRight(ports, message.user, 'conversations.answer');
  const text = slackToSms(message.text).trim();
  await refuseUnsendable(ports, { ...sending, text });
  const queued = await ports.store.transaction(async (tx) => {
    const { phone, lastInboundAt } = conversation;
    const stored = await queueText(
      tx,
      {
        key: `slack:${channel}:${ts}`,
        purpose: 'CONVERSATION',
        phone,
        text,
        conversationId: conversation.id,
        sentBy: message.user,
        slackChannel: channel,
        slackTs: ts,
        lastInboundAt,
        causedAt: writtenAt(message),
        at,
      },
      ports.clinic,
    );
    if (!stored) return null;
    await tx.posts.want(
      { key: markKey(channel, ts), kind: 'mark', ref: stored.id, channel, threadTs: ts, priority: 1 },
      at,
    );
    await tx.conversations.update(conversation.id, { state: 'WAITING' });
    await tx.posts.touch(headKey(conversation.id));
    const subject = `message:${stored.id}`;
    await tx.audit.append({ at, actor: message.user, action: 'conversation.text', subject });
    return stored;
  });
  if (queued) await sayIfHeld(ports, message, queued);
}

const writtenAt = ({ ts }: StaffMessage): Date => new Date(Number(ts) * 1000);

const isTooOld = (message: StaffMessage, now: Date): boolean => now.getTime() - writtenAt(message).getTime() > FRESH_MS;

/** @throws AppError why this cannot be texted, and what to do */
async function refuseUnsendable(
  ports: Ports,
  { message, conversation, text, at }: Sending & { text: string },
): Promise<void> {
  const refusal = (code: string, userMessage: string): AppError =>
    new AppError(code, {
      message: `slack message ${message.channel}:${message.ts} is not texted: ${code}`,
      userMessage,
    });
  // After a restore it may have been texted: Twilio is asked, and only what it does not have is too old.
  if (isTooOld(message, at) && !(await ports.store.restored.doubts(writtenAt(message)))) {
    throw refusal(
      'TOO_OLD',
      'It was written while CareThread was not running. Post it again if the patient should still get it.',
    );
  }
  const phone = await ports.store.patients.phone(conversation.phone);
  if (phone?.optedOutAt != null) throw refusal('OPTED_OUT', explainError(21610).sentence);
  if (phone?.badSince != null) throw refusal('BAD_NUMBER', explainError(phone.badCode ?? 0).sentence);
  if (message.isBroadcast) {
    throw refusal(
      'BROADCAST',
      'It was also sent to the channel, and those stay among staff. Write it in the thread alone to text it.',
    );
  }
  if (message.fileCount > 0)
    throw refusal('FILES', 'Files cannot be texted yet. Write it in words, or call the patient.');
  if (text === '') throw refusal('EMPTY', 'There is no text in it.');
  const { segments } = countSegments(text);
  if (segments > MOST_SEGMENTS) {
    throw refusal(
      'TOO_LONG',
      `It would be ${segments} segments; ${MOST_SEGMENTS} are the most. Shorten it, or post it in parts.`,
    );
  }
}

/** Outside the texting window it waits, and the one who wrote it is told until when. */
async function sayIfHeld(
  ports: Ports,
  message: StaffMessage,
  queued: { zones: string | null; answerableUntil: Date | null },
): Promise<void> {
  const stopped = await sendingStopped(ports.store);
  if (stopped !== null) {
    const { channel, threadTs, user } = message;
    const why = `⏳ <@${stopped.by}> has stopped all sending. Your text waits, and goes out when an admin resumes all.`;
    return ports.room.whisper({ channel, threadTs, user }, why);
  }
  const now = ports.clock.now();
  const window = new WindowWatch(ports.clinic.textingHours.current).at(queued.zones ?? '', now, 'conversation');
  if (window.open || (queued.answerableUntil !== null && queued.answerableUntil > now)) return;
  const zone = readWindowKey(queued.zones ?? '').zones[0] ?? ports.clinic.timeZone;
  const clock = (at: Date): string =>
    at.toLocaleString('en-US', { timeZone: zone, weekday: 'short', hour: 'numeric', minute: '2-digit' });
  const opens = window.until === null ? 'never, by the present settings' : clock(window.until);
  const { channel, threadTs, user } = message;
  await ports.room.whisper(
    { channel, threadTs, user },
    `⏳ It is ${clock(now)} where this patient lives, outside the texting window. Your text waits and goes out when it opens: ${opens}.`,
  );
}

async function keepInside(tx: Tx, { channel, ts }: StaffMessage, at: Date): Promise<void> {
  await tx.posts.want(
    { key: markKey(channel, ts), kind: 'mark', ref: 0, channel, threadTs: ts, body: 'note', priority: 4 },
    at,
  );
}

/** Marked ⚠️, with the reason in the thread for everybody who follows the patient. */
async function refuse(tx: Tx, { message, conversation, why, at }: Sending & { why: string }): Promise<void> {
  const { channel, ts, threadTs, user } = message;
  await tx.posts.want(
    { key: markKey(channel, ts), kind: 'mark', ref: 0, channel, threadTs: ts, body: 'failed', priority: 2 },
    at,
  );
  const body = `⚠️ <@${user}> Not texted. ${why}`;
  await tx.posts.want(
    { key: `refused:${channel}:${ts}`, kind: 'note', ref: conversation.id, channel, threadTs, body, priority: 2 },
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
