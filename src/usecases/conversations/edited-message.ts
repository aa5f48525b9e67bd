import { AppError } from '../../domain/errors';
import { countSegments } from '../../domain/segments';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import { markKey, messageChanged } from '../messages/message-changed';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { refuseWords } from './refuse-unsendable';
import { asTyped, isNote } from './staff-words';

/** A person changed or deleted a message in a channel that we read. */
export interface ChangedMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly user: string;
  /** As it reads now; null = deleted. */
  readonly text: string | null;
  /** Slack's ts of the change, or {@link DELETED}: each is told of once, whether an event or the catch-up brings it. */
  readonly version: string;
}

/** A message can be deleted once. */
export const DELETED = 'deleted';

export const toldKey = ({ channel, ts, version }: Pick<ChangedMessage, 'channel' | 'ts' | 'version'>): string =>
  `changed:${channel}:${ts}:${version}`;

/**
 * A text that still waits follows its message: new words, or none at all. One that is on its way or has arrived cannot be
 * taken back, and everybody in the thread has to know that the patient has the old words. An edit never sends anything.
 */
export async function heedChangedMessage(ports: Ports, change: ChangedMessage): Promise<void> {
  const { channel, ts } = change;
  const message = await ports.store.messages.bySlack(channel, ts);
  if (message) await follow(ports, { change, message });
  else await sayIfRefusedBefore(ports, change);
  ports.wake.posts();
}

interface Changed {
  readonly change: ChangedMessage;
  readonly message: StoredMessage;
}

async function follow(ports: Ports, { change, message }: Changed): Promise<void> {
  const text = change.text === null ? null : await asTyped(ports, change.text);
  if (text === message.text) return;
  const at = ports.clock.now();
  try {
    const isToGo = text !== null && !isNote(text);
    if (isToGo) refuseWords(text);
    if (text !== null) await requireRight(ports, change.user, 'conversations.answer');
    await ports.store.transaction(async (tx) => {
      const done = isToGo
        ? await tx.staffTexts.reword(message.id, { text, segments: countSegments(text).segments })
        : await tx.staffTexts.withdraw(message.id, at);
      await say(tx, { change, message, words: done ? inTime(change, isToGo) : tooLate(change, message) }, at);
      if (!done) return;
      const action = isToGo ? 'conversation.reword' : 'conversation.withdraw';
      await tx.audit.append({ at, actor: change.user, action, subject: `message:${message.id}` });
      await messageChanged(tx, message.id, at);
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const stillOld = message.state === 'QUEUED' ? 'The old words still go out; delete the message to stop them.' : '';
    const words = `⚠️ <@${change.user}> The new words are not texted. ${error.userMessage} ${stillOld}`.trim();
    await ports.store.transaction((tx) => say(tx, { change, message, words }, at));
  }
}

const inTime = ({ user }: ChangedMessage, isToGo: boolean): string =>
  isToGo
    ? `✏️ <@${user}> changed a text before it went out: the patient gets the new words.`
    : `🗑️ <@${user}> took a text back before it went out: the patient does not get it.`;

const GONE_NOWHERE: readonly string[] = ['FAILED', 'UNDELIVERED', 'SKIPPED', 'CANCELED', 'EXPIRED'];

const tooLate = ({ user, text }: ChangedMessage, { state }: StoredMessage): string => {
  if (GONE_NOWHERE.includes(state))
    return `⚠️ <@${user}> That text did not reach the patient, and an edited message is not texted. Write it as a new message.`;
  return text === null
    ? '⚠️ A message was deleted here, but it was texted: the patient still has the text. Write a new message if something has to be put right.'
    : `⚠️ <@${user}> edited a message that was texted: the patient still has the old text. Write the correction as a new message.`;
};

async function say(tx: Tx, { change, message, words }: Changed & { words: string }, at: Date): Promise<void> {
  const { channel, threadTs } = change;
  const key = toldKey(change);
  const place = { channel, threadTs: threadTs ?? message.slackTs ?? undefined };
  await tx.posts.want({ key, kind: 'note', ref: message.id, ...place, body: words, priority: 2 }, at);
}

/** Whoever mends a message that was refused may wait for it to go out: it does not. */
async function sayIfRefusedBefore({ store, room }: Ports, change: ChangedMessage): Promise<void> {
  const { channel, ts, threadTs, user, text } = change;
  if (text === null || isNote(text)) return;
  const mark = await store.posts.byKey(markKey(channel, ts));
  if (mark?.body !== 'failed' && mark?.body !== 'note') return;
  await room.whisper(
    { channel, threadTs, user },
    'An edited message is not texted. Write it as a new message if the patient should get it.',
  );
}
