import { flag, optionalText, paginate, requiredText } from '../args';
import type { SlackContext } from '../context';
import { SlackError } from '../errors';
import { channelJson } from '../format';
import { knownChannel, readableChannel } from '../method';
import type { MethodTable } from '../method';
import type { Json, Message } from '../model';
import { memberJoined } from '../outbound/event-payloads';
import { findParent, historyJson, isTopLevel, repliesTo } from '../threads';

const open = (context: SlackContext, args: Json): Json => {
  const given = optionalText(args, 'channel');
  const users = optionalText(args, 'users')?.split(',') ?? [];
  if (given === undefined && users.length === 0) throw new SlackError('users_list_not_supplied');
  if (users.length > 1) throw new SlackError('method_not_supported_for_channel_type');
  const user = users[0];
  if (user !== undefined && !context.world.users.has(user)) throw new SlackError('user_not_found');
  const channels = [...context.world.channels.values()];
  const channel =
    user === undefined ? channels.find(({ id }) => id === given) : channels.find((c) => c.imUser === user);
  if (channel === undefined) throw new SlackError(user === undefined ? 'channel_not_found' : 'cannot_dm_bot');
  const json = flag(args, 'return_im') ? channelJson(context, channel) : { id: channel.id };
  return { no_op: true, already_open: true, channel: json };
};

const info = (context: SlackContext, args: Json): Json => ({
  channel: channelJson(context, knownChannel(context, requiredText(args, 'channel'))),
});

const list = (context: SlackContext, args: Json): Json => {
  const types = (optionalText(args, 'types') ?? 'public_channel').split(',').map((type) => type.trim());
  const wanted = [...context.world.channels.values()].filter(
    (channel) =>
      types.includes(channel.imUser === undefined ? 'public_channel' : 'im') &&
      !(channel.archived && flag(args, 'exclude_archived')),
  );
  const { items, nextCursor } = paginate(wanted, args, 100);
  const channels = items.map((channel) => channelJson(context, channel));
  return { channels, response_metadata: { next_cursor: nextCursor } };
};

const members = (context: SlackContext, args: Json): Json => {
  const channel = knownChannel(context, requiredText(args, 'channel'));
  const { items, nextCursor } = paginate([...channel.members], args, 100);
  return { members: items, response_metadata: { next_cursor: nextCursor } };
};

const join = (context: SlackContext, args: Json): Json => {
  const channel = knownChannel(context, requiredText(args, 'channel'));
  if (channel.imUser !== undefined) throw new SlackError('method_not_supported_for_channel_type');
  if (channel.archived) throw new SlackError('is_archived');
  const bot = context.world.app.botUserId;
  if (!channel.members.has(bot)) {
    channel.members.add(bot);
    context.changed();
    context.events.send(memberJoined(context, bot, channel.id));
  }
  return { channel: channelJson(context, channel) };
};

/** Slack compares timestamps as numbers, the ends excluded unless `inclusive`. */
const inRange = (args: Json): ((message: Message) => boolean) => {
  const oldest = Number(optionalText(args, 'oldest') ?? 0);
  const latest = Number(optionalText(args, 'latest') ?? Infinity);
  if (Number.isNaN(oldest)) throw new SlackError('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new SlackError('invalid_ts_latest');
  const inclusive = flag(args, 'inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
};

const page = (context: SlackContext, messages: readonly Message[], args: Json): Json => {
  const { items, nextCursor } = paginate(messages, args, 100);
  const withMetadata = flag(args, 'include_all_metadata');
  return {
    messages: items.map((message) => historyJson(context, message, withMetadata)),
    has_more: nextCursor !== '',
    ...(nextCursor !== '' && { response_metadata: { next_cursor: nextCursor } }),
  };
};

const history = (context: SlackContext, args: Json): Json => {
  const channel = readableChannel(context, requiredText(args, 'channel'));
  const isInRange = inRange(args);
  const messages = context.world.messages.filter(
    (message) =>
      message.channel === channel.id &&
      message.ephemeralFor === undefined &&
      isTopLevel(message) &&
      isInRange(message) &&
      findParent(context, channel.id, message.ts) !== undefined,
  );
  return { ...page(context, messages.reverse(), args), pin_count: 0 };
};

/** Oldest first; the thread's head comes with every page, whatever the range. */
const replies = (context: SlackContext, args: Json): Json => {
  const channel = readableChannel(context, requiredText(args, 'channel'));
  const parent = findParent(context, channel.id, requiredText(args, 'ts'));
  if (parent === undefined) throw new SlackError('thread_not_found');
  const wanted = repliesTo(context, parent).filter(inRange(args));
  const answer = page(context, wanted, args);
  const head = historyJson(context, parent, flag(args, 'include_all_metadata'));
  return { ...answer, messages: [head, ...(answer['messages'] as Json[])] };
};

export const conversationMethods: MethodTable = {
  'conversations.open': { scope: 'im:write', schema: 'ConversationsOpenArguments', run: open },
  'conversations.info': { scope: 'channels:read', schema: 'ConversationsInfoArguments', run: info },
  'conversations.list': { scope: 'channels:read', schema: 'ConversationsListArguments', run: list },
  'conversations.members': { scope: 'channels:read', schema: 'ConversationsMembersArguments', run: members },
  'conversations.join': { scope: 'channels:join', schema: 'ConversationsJoinArguments', run: join },
  'conversations.history': { schema: 'ConversationsHistoryArguments', run: history },
  'conversations.replies': { schema: 'ConversationsRepliesArguments', run: replies },
};
