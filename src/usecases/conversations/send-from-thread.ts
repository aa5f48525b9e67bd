import { countSegments } from '../../domain/segments';
import type { StoredConversation } from '../../store/conversations';
import type { Tx } from '../../store/store';
import { sendingStopped } from '../campaigns/stop-all';
import { markKey } from '../messages/message-changed';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import type { StaffMessage } from '../staff-message';
import { queueStaffText } from './queue-staff-text';
import { picturesOf, refuseForm, refuseNumber, refuseWords } from './refuse-unsendable';
import { asTyped } from './staff-words';

/** From so many segments on, the one who wrote is told how many there are. */
const LONG_FROM = 3;

export interface Sending {
  readonly message: StaffMessage;
  readonly conversation: StoredConversation;
  readonly at: Date;
}

/** By Slack's clock: the ts of a message is the time at which it was posted. */
export const writtenAt = ({ ts }: StaffMessage): Date => new Date(Number(ts) * 1000);

/** @throws AppError why this cannot be texted, and what to do */
export async function sendFromThread(ports: Ports, { message, conversation, at }: Sending): Promise<void> {
  const { channel, ts, user } = message;
  await requireRight(ports, user, 'conversations.answer');
  await refuseNumber(ports, conversation.phone);
  refuseForm(message);
  const pictures = picturesOf(message, ports.clinic);
  const text = await asTyped(ports, message.text);
  if (pictures.length === 0 || text !== '') refuseWords(text);
  const slack = { channel, ts };
  const queued = await queueStaffText(ports, {
    conversation,
    text,
    pictures,
    user,
    key: `slack:${channel}:${ts}`,
    slack,
    causedAt: writtenAt(message),
    at,
  });
  if (queued) await sayWhatHelps(ports, message, text);
}

/** To the one who wrote it; it is queued already, so that a Slack that does not answer must not undo that. */
async function sayWhatHelps(ports: Ports, { channel, threadTs, user }: StaffMessage, text: string): Promise<void> {
  const stopped = await sendingStopped(ports.store);
  const hints = [
    ...(stopped === null
      ? []
      : [`⏳ <@${stopped.by}> has stopped all sending. Your text waits, and goes out when an admin resumes all.`]),
    ...hintsOnLength(text),
  ];
  for (const hint of hints) {
    await ports.room
      .whisper({ channel, threadTs, user }, hint)
      .catch((err: unknown) => ports.log.warn({ err }, 'a hint did not reach Slack'));
  }
}

function hintsOnLength(text: string): string[] {
  const { segments, encoding } = countSegments(text);
  if (segments < LONG_FROM) return [];
  const why = encoding === 'GSM-7' ? '' : ' Emoji and special letters make a text longer.';
  return [`📏 ${segments} segments: your text is long, and goes out in one.${why}`];
}

/** Marked ⚠️, with the reason in the thread for everybody who follows the patient. */
export async function refuse(
  tx: Tx,
  { message, conversation, why, at }: Sending & { readonly why: string },
): Promise<void> {
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
