/** Posting, changing and deleting messages; each tells the app what Slack would tell it. */
import { randomUUID } from 'node:crypto';
import type { SlackContext } from './context';
import { messageChanged, messageDeleted, messagePosted } from './outbound/event-payloads';
import { messageKey } from './model';
import type { Json, Message, World } from './model';
import { historyJson } from './threads';

export interface MessageDraft {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly byApp?: boolean;
  readonly threadTs?: string | undefined;
  readonly broadcast?: boolean;
  readonly blocks?: Json[];
  readonly attachments?: Json[];
  readonly fileIds?: readonly string[];
  readonly metadata?: Json | undefined;
  readonly ephemeralFor?: string;
}

export const postMessage = (context: SlackContext, draft: MessageDraft): Message => {
  const ts = context.nextTs();
  const message: Message = {
    channel: draft.channel,
    ts,
    user: draft.user,
    text: draft.text,
    byApp: draft.byApp ?? false,
    broadcast: draft.broadcast ?? false,
    blocks: draft.blocks ?? [],
    attachments: draft.attachments ?? [],
    fileIds: draft.fileIds ?? [],
    reactions: [],
    deleted: false,
    ...(draft.threadTs !== undefined && { threadTs: draft.threadTs }),
    ...(draft.metadata !== undefined && { metadata: draft.metadata }),
    ...(draft.ephemeralFor !== undefined && { ephemeralFor: draft.ephemeralFor }),
    ...(!draft.byApp && { clientMsgId: randomUUID() }),
  };
  keep(context.world, message);
  shareFiles(context, message);
  context.changed();
  if (message.ephemeralFor === undefined) context.events.send(messagePosted(context, message));
  return message;
};

const keep = (world: World, message: Message): void => {
  world.messages.push(message);
  world.messagesByTs.set(messageKey(message.channel, message.ts), message);
  if (message.threadTs === undefined) return;
  const thread = messageKey(message.channel, message.threadTs);
  const replies = world.repliesByThread.get(thread);
  if (replies === undefined) world.repliesByThread.set(thread, [message]);
  else replies.push(message);
};

const shareFiles = (context: SlackContext, message: Message): void => {
  for (const id of message.fileIds) {
    const file = context.world.files.get(id);
    if (file === undefined) continue;
    const thread = message.threadTs === undefined ? {} : { threadTs: message.threadTs };
    file.shares.push({ channel: message.channel, ts: message.ts, ...thread });
    file.visibleToApp ||=
      context.world.channels.get(message.channel)?.members.has(context.world.app.botUserId) ?? false;
  }
};

export interface MessageChange {
  readonly text?: string | undefined;
  readonly blocks?: Json[] | undefined;
  readonly attachments?: Json[] | undefined;
  readonly metadata?: Json | undefined;
  /** Who edits; a change by blocks alone does not show as edited. */
  readonly editedBy?: string;
}

/** What is undefined stays, except that a text without blocks takes the place of the blocks (as in chat.update). */
export const changeMessage = (context: SlackContext, message: Message, change: MessageChange): void => {
  const before = historyJson(context, message, true);
  if (change.blocks !== undefined) message.blocks = change.blocks;
  else if (change.text !== undefined) message.blocks = [];
  if (change.text !== undefined) message.text = change.text;
  if (change.attachments !== undefined) message.attachments = change.attachments;
  if (change.metadata !== undefined) message.metadata = change.metadata;
  if (change.editedBy !== undefined) message.edited = { user: change.editedBy, ts: context.nextTs() };
  context.changed();
  if (message.ephemeralFor === undefined) context.events.send(messageChanged(context, message, before));
};

export const deleteMessage = (context: SlackContext, message: Message): void => {
  const before = historyJson(context, message, true);
  message.deleted = true;
  context.changed();
  if (message.ephemeralFor === undefined) context.events.send(messageDeleted(context, message, before));
};

/** Slack numbers the DM of a person by itself; methods that post take the person's id as well. */
export const channelIdFor = (context: SlackContext, given: string): string => {
  const im = [...context.world.channels.values()].find((channel) => channel.imUser === given);
  if (im !== undefined) return im.id;
  const named = [...context.world.channels.values()].find((channel) => `#${channel.name}` === given);
  return named?.id ?? given;
};
