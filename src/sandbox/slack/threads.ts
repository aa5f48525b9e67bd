/** Which messages belong together. Ephemerals are nobody's history. */
import type { SlackContext } from './context';
import { messageJson } from './format';
import { messageKey } from './model';
import type { Json, Message } from './model';

const isVisible = (message: Message): boolean => !message.deleted && message.ephemeralFor === undefined;

export const repliesTo = ({ world }: SlackContext, parent: Message): Message[] =>
  (world.repliesByThread.get(messageKey(parent.channel, parent.ts)) ?? []).filter(isVisible);

export const findMessage = ({ world }: SlackContext, channel: string, ts: string): Message | undefined => {
  const message = world.messagesByTs.get(messageKey(channel, ts));
  return message !== undefined && isVisible(message) ? message : undefined;
};

/** The head of a thread: it may have been deleted, as long as it has replies (Slack then keeps a tombstone). */
export const findParent = (context: SlackContext, channel: string, ts: string): Message | undefined => {
  const parent = context.world.messagesByTs.get(messageKey(channel, ts));
  if (parent === undefined || parent.ephemeralFor !== undefined) return undefined;
  return !parent.deleted || repliesTo(context, parent).length > 0 ? parent : undefined;
};

export const isTopLevel = (message: Message): boolean =>
  message.threadTs === undefined || message.threadTs === message.ts || message.broadcast;

const threadHead = (replies: readonly Message[], parent: Message): Json => {
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: parent.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users,
    is_locked: false,
    subscribed: true,
  };
};

const tombstone = (parent: Message): Json => ({
  type: 'message',
  subtype: 'tombstone',
  text: 'This message was deleted.',
  user: 'USLACKBOT',
  hidden: true,
  ts: parent.ts,
});

/** A message as conversations.history and conversations.replies give it: the head of a thread knows its replies. */
export const historyJson = (context: SlackContext, message: Message, withMetadata: boolean): Json => {
  const replies = repliesTo(context, message);
  const parent = message.threadTs === undefined ? undefined : findParent(context, message.channel, message.threadTs);
  return {
    ...(message.deleted ? tombstone(message) : messageJson(context, message)),
    ...(replies.length > 0 && threadHead(replies, message)),
    ...(parent !== undefined && parent !== message && { parent_user_id: parent.user }),
    ...(withMetadata && message.metadata !== undefined && !message.deleted && { metadata: message.metadata }),
  };
};
