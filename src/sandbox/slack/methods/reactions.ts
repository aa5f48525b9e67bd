import { requiredText } from '../args';
import type { SlackContext } from '../context';
import { SlackError } from '../errors';
import { messageJson } from '../format';
import { joinedChannel, knownMessage } from '../method';
import type { MethodTable } from '../method';
import type { Json, Message } from '../model';
import { addReaction, removeReaction } from '../reactions';
import { findMessage } from '../threads';

const target = (context: SlackContext, args: Json): Message => {
  const channel = joinedChannel(context, requiredText(args, 'channel'));
  const timestamp = requiredText(args, 'timestamp');
  if (!/^\d+\.\d+$/.test(timestamp)) throw new SlackError('bad_timestamp');
  return knownMessage(context, channel.id, timestamp);
};

const order = (context: SlackContext, args: Json): { user: string; name: string } => ({
  user: context.world.app.botUserId,
  name: requiredText(args, 'name'),
});

const add = (context: SlackContext, args: Json): Json => {
  addReaction(context, target(context, args), order(context, args));
  return {};
};

const remove = (context: SlackContext, args: Json): Json => {
  removeReaction(context, target(context, args), order(context, args));
  return {};
};

const get = (context: SlackContext, args: Json): Json => {
  const channel = joinedChannel(context, requiredText(args, 'channel'));
  const message = findMessage(context, channel.id, requiredText(args, 'timestamp'));
  if (message === undefined) throw new SlackError('message_not_found');
  return { type: 'message', channel: channel.id, message: messageJson(context, message) };
};

export const reactionMethods: MethodTable = {
  'reactions.add': { scope: 'reactions:write', schema: 'ReactionsAddArguments', run: add },
  'reactions.remove': { scope: 'reactions:write', schema: 'ReactionsRemoveArguments', run: remove },
  'reactions.get': { scope: 'reactions:read', schema: 'ReactionsGetArguments', run: get },
};
