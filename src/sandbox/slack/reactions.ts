/** Adding and taking away reactions, whoever does it. */
import { emojiName } from './emoji';
import type { SlackContext } from './context';
import { SlackError } from './errors';
import type { Message } from './model';
import { reactionChanged } from './outbound/event-payloads';

export interface ReactionOrder {
  readonly user: string;
  readonly name: string;
}

const validName = (given: string): string => {
  const name = emojiName(given);
  if (name === undefined) throw new SlackError('invalid_name');
  return name;
};

export const addReaction = (context: SlackContext, message: Message, order: ReactionOrder): void => {
  const name = validName(order.name);
  const reaction = message.reactions.find((one) => one.name === name);
  if (reaction?.users.includes(order.user)) throw new SlackError('already_reacted');
  if (reaction === undefined) message.reactions.push({ name, users: [order.user] });
  else reaction.users.push(order.user);
  context.changed();
  context.events.send(reactionChanged(context, message, { user: order.user, name, removed: false }));
};

export const removeReaction = (context: SlackContext, message: Message, order: ReactionOrder): void => {
  const name = validName(order.name);
  const at = message.reactions.findIndex((one) => one.name === name);
  const users = message.reactions[at]?.users ?? [];
  if (!users.includes(order.user)) throw new SlackError('no_reaction');
  users.splice(users.indexOf(order.user), 1);
  if (users.length === 0) message.reactions.splice(at, 1);
  context.changed();
  context.events.send(reactionChanged(context, message, { user: order.user, name, removed: true }));
};
