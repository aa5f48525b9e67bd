/** Reading what those who drive the sandbox ask for; a mistake of theirs is HTTP 400 or 404, never the app's fault. */
import { HttpError } from '../../http';
import type { SlackContext } from '../context';
import { messageKey } from '../model';
import type { Channel, Json, Message, User } from '../model';

export const field = (body: Json, name: string): string => {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new HttpError(400, `"${name}" is missing.`);
  return value;
};

export const person = ({ world }: SlackContext, body: Json): User => {
  const user = world.users.get(field(body, 'user'));
  if (user === undefined || user.isBot) throw new HttpError(404, `There is no person ${String(body['user'])}.`);
  return user;
};

export const place = ({ world }: SlackContext, body: Json, user: User): Channel => {
  const channel = world.channels.get(field(body, 'channel'));
  if (channel === undefined) throw new HttpError(404, `There is no channel ${String(body['channel'])}.`);
  if (!channel.members.has(user.id)) throw new HttpError(403, `${user.realName} is not in that channel.`);
  return channel;
};

/** A message that this person can see, ephemerals of theirs included. */
export const seenMessage = ({ world }: SlackContext, channel: Channel, viewer: { user: User; ts: string }): Message => {
  const message = world.messagesByTs.get(messageKey(channel.id, viewer.ts));
  const isForOther = message?.ephemeralFor !== undefined && message.ephemeralFor !== viewer.user.id;
  if (message === undefined || message.deleted || isForOther) throw new HttpError(404, 'There is no such message.');
  return message;
};
