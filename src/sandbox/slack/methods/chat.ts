import { flag, optionalList, optionalObject, optionalText, requiredText } from '../args';
import { checkMessage } from '../check/message';
import { slackUrl } from '../context';
import type { SlackContext } from '../context';
import { withIds } from '../elements';
import { SlackError } from '../errors';
import { messageJson } from '../format';
import { changeMessage, channelIdFor, deleteMessage, postMessage } from '../messages';
import { joinedChannel, knownChannel, knownMessage } from '../method';
import type { MethodTable } from '../method';
import type { Channel, Json } from '../model';
import { findParent } from '../threads';

/** Longer texts are cut, not refused. */
const LONGEST_TEXT = 40_000;

interface Content {
  readonly text: string | undefined;
  readonly blocks: Json[] | undefined;
  readonly attachments: Json[] | undefined;
  readonly metadata: Json | undefined;
}

const contentOf = (args: Json): Content => {
  const blocks = optionalList(args, 'blocks');
  const content = {
    text: (optionalText(args, 'text') ?? optionalText(args, 'markdown_text'))?.slice(0, LONGEST_TEXT),
    blocks,
    attachments: optionalList(args, 'attachments'),
    metadata: optionalObject(args, 'metadata'),
  };
  checkMessage({ ...content, markdownText: optionalText(args, 'markdown_text') });
  return { ...content, blocks: blocks && withIds(blocks) };
};

const requireContent = (content: Content): void => {
  const isEmpty = (list: Json[] | undefined): boolean => list === undefined || list.length === 0;
  if (content.text === undefined && isEmpty(content.blocks) && isEmpty(content.attachments)) {
    throw new SlackError('no_text');
  }
};

const CONTENT = ['text', 'blocks', 'attachments', 'markdown_text'];

const needsContent = (args: Json): void => {
  if (!CONTENT.some((name) => name in args)) throw new SlackError('no_text');
};

const writableChannel = (context: SlackContext, args: Json): Channel => {
  const id = channelIdFor(context, requiredText(args, 'channel'));
  if (knownChannel(context, id).archived) throw new SlackError('is_archived');
  return joinedChannel(context, id);
};

const threadOf = (context: SlackContext, channel: Channel, args: Json): string | undefined => {
  const threadTs = optionalText(args, 'thread_ts');
  if (threadTs === undefined) return undefined;
  const parent = findParent(context, channel.id, threadTs);
  if (parent === undefined) throw new SlackError('thread_not_found');
  // A reply's own ts would start a thread that nobody sees.
  if (parent.threadTs !== undefined && parent.threadTs !== parent.ts) throw new SlackError('cannot_reply_to_message');
  return threadTs;
};

const post = (context: SlackContext, args: Json): Json => {
  const channel = writableChannel(context, args);
  const content = contentOf(args);
  requireContent(content);
  const threadTs = threadOf(context, channel, args);
  context.limiter.take(channel.id);
  const message = postMessage(context, {
    channel: channel.id,
    user: context.world.app.botUserId,
    byApp: true,
    text: content.text ?? '',
    threadTs,
    broadcast: threadTs !== undefined && flag(args, 'reply_broadcast'),
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    metadata: content.metadata,
  });
  const metadata = message.metadata === undefined ? {} : { metadata: message.metadata };
  return { channel: channel.id, ts: message.ts, message: { ...messageJson(context, message), ...metadata } };
};

const postEphemeral = (context: SlackContext, args: Json): Json => {
  const channel = writableChannel(context, args);
  const user = requiredText(args, 'user');
  if (!channel.members.has(user)) throw new SlackError('user_not_in_channel');
  const content = contentOf(args);
  requireContent(content);
  const message = postMessage(context, {
    channel: channel.id,
    user: context.world.app.botUserId,
    byApp: true,
    text: content.text ?? '',
    threadTs: threadOf(context, channel, args),
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    ephemeralFor: user,
  });
  return { message_ts: message.ts };
};

const update = (context: SlackContext, args: Json): Json => {
  // Unlike chat.postMessage it takes no person's id for the DM.
  const channel = joinedChannel(context, requiredText(args, 'channel'));
  if (channel.archived) throw new SlackError('is_inactive');
  const message = knownMessage(context, channel.id, requiredText(args, 'ts'));
  if (!message.byApp) throw new SlackError('cant_update_message');
  if ((optionalText(args, 'text')?.length ?? 0) > 4000) throw new SlackError('msg_too_long');
  const content = contentOf(args);
  const editor = content.blocks === undefined ? { editedBy: message.user } : {};
  changeMessage(context, message, { ...content, ...editor });
  return { channel: channel.id, ts: message.ts, text: message.text, message: messageJson(context, message) };
};

const remove = (context: SlackContext, args: Json): Json => {
  const channel = joinedChannel(context, requiredText(args, 'channel'));
  const message = knownMessage(context, channel.id, requiredText(args, 'ts'));
  if (!message.byApp) throw new SlackError('cant_delete_message');
  deleteMessage(context, message);
  return { channel: channel.id, ts: message.ts };
};

const permalink = (context: SlackContext, args: Json): Json => {
  const channel = knownChannel(context, requiredText(args, 'channel'));
  const message = knownMessage(context, channel.id, requiredText(args, 'message_ts'));
  const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  const path = `archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
  return { channel: channel.id, permalink: slackUrl(context, path) };
};

export const chatMethods: MethodTable = {
  'chat.postMessage': { scope: 'chat:write', schema: 'ChatPostMessageArguments', before: needsContent, run: post },
  'chat.postEphemeral': {
    scope: 'chat:write',
    schema: 'ChatPostEphemeralArguments',
    before: needsContent,
    run: postEphemeral,
  },
  'chat.update': { scope: 'chat:write', schema: 'ChatUpdateArguments', before: needsContent, run: update },
  'chat.delete': { scope: 'chat:write', schema: 'ChatDeleteArguments', run: remove },
  'chat.getPermalink': { schema: 'ChatGetPermalinkArguments', run: permalink },
};
