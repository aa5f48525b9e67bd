import type { ReplyClass } from '../../domain/reply-classification';
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

export const headKey = (conversationId: number): string => `conversation:${conversationId}`;

/** The head card of the conversation, and the reply in its thread. */
export async function showReply(
  tx: Tx,
  {
    conversation,
    message,
    replyClass,
  }: { conversation: StoredConversation; message: StoredMessage; replyClass: ReplyClass },
  at: Date,
): Promise<void> {
  const priority = PRIORITY[replyClass];
  const { channel } = conversation;
  const threadOf = headKey(conversation.id);
  await tx.posts.want({ key: threadOf, kind: 'conversation', ref: conversation.id, channel, priority }, at);
  await tx.posts.want({ key: `reply:${message.id}`, kind: 'reply', ref: message.id, channel, threadOf, priority }, at);
}
