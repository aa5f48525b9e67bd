import { explainError } from '../../domain/twilio-errors';
import type { Tx } from '../../store/store';

/** Why we have not sent it, where no error of Twilio's says so. */
const REASONS: Readonly<Record<string, string>> = {
  opted_out: explainError(21610).sentence,
  too_old:
    'It was written before the database was restored, and it never reached Twilio. Post it again if the patient should still get it.',
  restored_unclear:
    'The database was restored from a backup, and Twilio no longer tells whether this was sent. Ask the patient before you post it again.',
};

/**
 * What Slack shows of a message follows its state: the mark on a staff member's text, and the reason when it failed.
 * Campaigns' cards follow by themselves, from counts.
 */
export async function messageChanged(tx: Tx, messageId: number, at: Date): Promise<void> {
  const message = await tx.messages.byId(messageId);
  if (message?.purpose === 'TEST') return tx.posts.touch(testKey(message.id));
  if (message?.purpose !== 'CONVERSATION' || !message.conversation) return;
  await tx.posts.touch(`held:${messageId}`);
  await tx.posts.touch(`text:${messageId}`);
  if (message.slackChannel && message.slackTs) await tx.posts.touch(markKey(message.slackChannel, message.slackTs));
  if (!['FAILED', 'UNDELIVERED', 'SKIPPED'].includes(message.state)) return;
  await tx.posts.want(
    {
      key: `failed:${message.id}`,
      kind: 'note',
      ref: message.id,
      channel: message.conversation.channel,
      threadOf: `conversation:${message.conversation.id}`,
      body: `⚠️ Not delivered. ${REASONS[message.reason ?? ''] ?? explainError(message.errorCode ?? 0).sentence}`,
      priority: 2,
    },
    at,
  );
}

export const testKey = (messageId: number): string => `test:${messageId}`;
/** A number has opted out: all that is queued for it is skipped at once, and what shows it in Slack says so. */
export async function skipQueuedTo(tx: Tx, phone: string, at: Date): Promise<void> {
  const { campaignIds, messageIds } = await tx.queue.skipQueuedTo(phone, at);
  for (const id of campaignIds) await tx.posts.touch(`campaign:${id}`);
  for (const id of messageIds) await messageChanged(tx, id, at);
}

export const markKey = (channel: string, ts: string): string => `mark:${channel}:${ts}`;
