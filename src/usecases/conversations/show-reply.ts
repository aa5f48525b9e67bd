import type { ClassifiedReply, ReplyClass } from '../../domain/reply-classification';
import type { StoredConversation } from '../../store/conversations';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';

/** Slack takes about one message a second: who may be in danger goes first, then who waits for a person. */
const PRIORITY: Readonly<Record<ReplyClass, number>> = {
  urgent: 1,
  unexpected: 2,
  opt_out: 5,
  help: 5,
  opt_in: 6,
  expected: 7,
};

/** The body of a reply's post that is to be seen in the channel as well. */
export const BROADCAST = 'broadcast';

/** What the patient attached: addresses at Twilio, or nothing but their number. */
export const mediaOf = ({ media }: Pick<StoredMessage, 'media'>): string[] => JSON.parse(media ?? '[]') as string[];

export const headKey = (conversationId: number): string => `conversation:${conversationId}`;

/** The head card of the conversation, and the reply in its thread. */
export async function showReply(
  tx: Tx,
  { conversation, message, read }: { conversation: StoredConversation; message: StoredMessage; read: ClassifiedReply },
  at: Date,
): Promise<void> {
  // Whoever writes of an emergency is urgent, also in a text that asks for no more texts.
  const isUrgent = read.emergencyWord !== undefined;
  const priority = PRIORITY[isUrgent ? 'urgent' : read.class];
  const { channel } = conversation;
  const threadOf = headKey(conversation.id);
  await tx.posts.want({ key: threadOf, kind: 'conversation', ref: conversation.id, channel, priority }, at);
  // In a thread that stands there already it would be seen by those only who follow it.
  const toChannel = isUrgent && conversation.threadTs !== null ? { body: BROADCAST } : {};
  // Whoever reads the urgent text has to know what was said before it.
  await tx.posts.hasten(threadOf, priority);
  const { id: ref } = message;
  await tx.posts.want({ key: `reply:${ref}`, kind: 'reply', ref, channel, threadOf, priority, ...toChannel }, at);
  for (const index of mediaOf(message).keys()) {
    const key = `picture:${ref}:${index}`;
    await tx.posts.want({ key, kind: 'picture', ref, channel, threadOf, body: String(index), priority }, at);
  }
}
