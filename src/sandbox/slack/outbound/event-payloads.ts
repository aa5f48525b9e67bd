/** The inner `event` of the Events API, one function for each kind that the app can be told of. */
import type { SlackContext } from '../context';
import { messageJson } from '../format';
import { viewJson } from '../views';
import { findParent, historyJson } from '../threads';
import type { Json, Message, StoredFile } from '../model';
import type { AppEvent } from './event-queue';

const kindOf = (channel: string): 'im' | 'channel' => (channel.startsWith('D') ? 'im' : 'channel');

const messageEvent = (channel: string, event: Json): AppEvent => ({
  subscription: kindOf(channel) === 'im' ? 'message.im' : 'message.channels',
  channel,
  event: { type: 'message', ...event, channel, channel_type: kindOf(channel) },
});

/** In events a message with files has a subtype; in histories it has not. */
const subtypeOf = (message: Message): Json => {
  if (message.fileIds.length > 0) return { subtype: 'file_share' };
  return message.broadcast ? { subtype: 'thread_broadcast' } : {};
};

export const messagePosted = (context: SlackContext, message: Message): AppEvent => {
  const parent = message.threadTs === undefined ? undefined : findParent(context, message.channel, message.threadTs);
  return messageEvent(message.channel, {
    ...messageJson(context, message),
    ...subtypeOf(message),
    ...(parent !== undefined && parent !== message && { parent_user_id: parent.user }),
    ...(parent !== undefined && message.broadcast && { root: historyJson(context, parent, false) }),
    ...(message.metadata !== undefined && { metadata: message.metadata }),
    event_ts: message.ts,
  });
};

export const messageChanged = (context: SlackContext, message: Message, before: Json): AppEvent => {
  const ts = context.nextTs();
  return messageEvent(message.channel, {
    subtype: 'message_changed',
    hidden: true,
    message: historyJson(context, message, true),
    previous_message: before,
    ts,
    event_ts: ts,
  });
};

export const messageDeleted = (context: SlackContext, message: Message, before: Json): AppEvent => {
  const ts = context.nextTs();
  return messageEvent(message.channel, {
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: before,
    ts,
    event_ts: ts,
  });
};

export interface ReactionChange {
  readonly user: string;
  readonly name: string;
  readonly removed: boolean;
}

export const reactionChanged = (context: SlackContext, message: Message, change: ReactionChange): AppEvent => {
  const type = change.removed ? 'reaction_removed' : 'reaction_added';
  return {
    subscription: type,
    channel: message.channel,
    event: {
      type,
      user: change.user,
      reaction: change.name,
      item: { type: 'message', channel: message.channel, ts: message.ts },
      item_user: message.user,
      event_ts: context.nextTs(),
    },
  };
};

/** It carries ids only: the app asks files.info for the rest. */
export const fileShared = (context: SlackContext, file: StoredFile, channel: string): AppEvent => ({
  subscription: 'file_shared',
  channel,
  event: {
    type: 'file_shared',
    file_id: file.id,
    user_id: file.user,
    file: { id: file.id },
    channel_id: channel,
    event_ts: context.nextTs(),
  },
});

export const appHomeOpened = (context: SlackContext, user: string, tab: string): AppEvent => {
  const channel = `D${user.slice(1)}`;
  const home = context.world.homes.get(user);
  return {
    subscription: 'app_home_opened',
    channel,
    event: {
      type: 'app_home_opened',
      user,
      channel,
      tab,
      ...(home !== undefined && { view: viewJson(context, home) }),
      event_ts: context.nextTs(),
    },
  };
};

export const memberJoined = (context: SlackContext, user: string, channel: string): AppEvent => ({
  subscription: 'member_joined_channel',
  channel,
  event: {
    type: 'member_joined_channel',
    user,
    channel,
    channel_type: 'C',
    team: context.world.team.id,
    event_ts: context.nextTs(),
  },
});
