import type { SlackContext } from './context';
import { SlackError } from './errors';
import type { Channel, Json, Message } from './model';
import { findMessage } from './threads';

/** One method of the Web API. What `run` returns goes out with `ok: true`; a SlackError as `ok: false`. */
export interface Method {
  /** The scope that the token needs; none: any token will do. */
  readonly scope?: string;
  /** `app`: takes the app-level token instead of the bot's; `none`: no token. */
  readonly token?: 'app' | 'none';
  /** The name of its arguments' type in @slack/web-api, if they are checked against it. */
  readonly schema?: string;
  /** Looked at before the schema, for what has an error code of its own. */
  readonly before?: (args: Json) => void;
  readonly run: (context: SlackContext, args: Json) => Json;
}

export type MethodTable = Record<string, Method>;

export const knownChannel = ({ world }: SlackContext, id: string): Channel => {
  const channel = world.channels.get(id);
  if (channel === undefined) throw new SlackError('channel_not_found');
  return channel;
};

export const joinedChannel = (context: SlackContext, id: string): Channel => {
  const channel = knownChannel(context, id);
  if (!channel.members.has(context.world.app.botUserId)) throw new SlackError('not_in_channel');
  return channel;
};

export const knownMessage = (context: SlackContext, channel: string, ts: string): Message => {
  const message = findMessage(context, channel, ts);
  if (message === undefined) throw new SlackError('message_not_found');
  return message;
};

/** Reading a DM takes another scope than reading a channel. */
export const readableChannel = (context: SlackContext, id: string): Channel => {
  const channel = joinedChannel(context, id);
  const needed = channel.imUser === undefined ? 'channels:history' : 'im:history';
  if (context.options.scopes?.includes(needed) === false) {
    throw new SlackError('missing_scope', [], { needed, provided: context.options.scopes.join(',') });
  }
  return channel;
};
