/** How Slack writes its things as JSON: messages, users, channels, files. */
import { slackUrl } from './context';
import type { SlackContext } from './context';
import type { Channel, Json, Message, StoredFile, User } from './model';

export const userJson = (context: SlackContext, user: User): Json => ({
  id: user.id,
  team_id: context.world.team.id,
  name: user.name,
  deleted: false,
  real_name: user.realName,
  tz: 'America/New_York',
  tz_label: 'Eastern Time',
  tz_offset: -18_000,
  profile: {
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.name,
    display_name_normalized: user.name,
    team: context.world.team.id,
    ...(user.isBot ? { bot_id: context.world.app.botId, api_app_id: context.world.app.id } : {}),
  },
  is_admin: user.role === 'admin',
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: user.isBot,
  is_app_user: false,
  updated: 1_700_000_000,
});

export const channelJson = (context: SlackContext, channel: Channel): Json => {
  const base = { id: channel.id, created: 1_700_000_000, is_archived: channel.archived, is_org_shared: false };
  if (channel.imUser !== undefined) {
    return { ...base, is_im: true, user: channel.imUser, is_user_deleted: false, priority: 0 };
  }
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_general: channel.name === 'general',
    is_shared: false,
    is_member: channel.members.has(context.world.app.botUserId),
    creator: [...channel.members][0],
    num_members: channel.members.size,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
};

export const extensionOf = (name: string): string => /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

const sharesJson = (file: StoredFile): Json => {
  const channels: Json = {};
  for (const { channel, ts, threadTs } of file.shares) {
    const share = {
      ts,
      reply_users: [],
      reply_users_count: 0,
      reply_count: 0,
      ...(threadTs && { thread_ts: threadTs }),
    };
    channels[channel] = [...((channels[channel] as Json[] | undefined) ?? []), share];
  }
  const inDm = file.shares.some((share) => share.channel.startsWith('D'));
  return inDm ? { private: channels } : { public: channels };
};

export const fileJson = (context: SlackContext, file: StoredFile): Json => {
  const path = `${context.world.team.id}-${file.id}`;
  const name = encodeURIComponent(file.name);
  const shared = [...new Set(file.shares.map((share) => share.channel))];
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extensionOf(file.name) || 'text',
    pretty_type: extensionOf(file.name).toUpperCase() || 'Plain Text',
    user: file.user,
    user_team: context.world.team.id,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: shared.some((channel) => channel.startsWith('C')),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: slackUrl(context, `files/${path}/${name}`),
    url_private_download: slackUrl(context, `files/${path}/download/${name}`),
    permalink: slackUrl(context, `archives/files/${file.user}/${file.id}/${name}`),
    channels: shared.filter((channel) => channel.startsWith('C')),
    groups: [],
    ims: shared.filter((channel) => channel.startsWith('D')),
    shares: sharesJson(file),
    has_rich_preview: false,
    file_access: 'visible',
  };
};

const appAuthorship = (context: SlackContext): Json => {
  const { app, team } = context.world;
  return {
    bot_id: app.botId,
    app_id: app.id,
    team: team.id,
    bot_profile: {
      id: app.botId,
      app_id: app.id,
      user_id: app.botUserId,
      name: app.name,
      icons: {},
      deleted: false,
      updated: 1_700_000_000,
      team_id: team.id,
    },
  };
};

/** What a person types arrives as rich text as well as in `text`. */
const typedBlocks = (message: Message): Json[] =>
  message.text === ''
    ? []
    : [
        {
          type: 'rich_text',
          block_id: `b${message.ts.slice(-6)}`,
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: message.text }] }],
        },
      ];

const personAuthorship = (context: SlackContext, message: Message): Json => ({
  client_msg_id: message.clientMsgId,
  team: context.world.team.id,
  blocks: typedBlocks(message),
});

/** A message as it stands in conversations.history, without what is known only of the head of a thread. */
export const messageJson = (context: SlackContext, message: Message): Json => {
  const files = message.fileIds.flatMap((id) => context.world.files.get(id) ?? []);
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    ...(message.byApp ? appAuthorship(context) : personAuthorship(context, message)),
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.attachments.length > 0 && { attachments: message.attachments }),
    ...(files.length > 0 && {
      files: files.map((file) => fileJson(context, file)),
      upload: false,
      display_as_bot: false,
    }),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(message.broadcast && { subtype: 'thread_broadcast' }),
    ...(message.edited !== undefined && { edited: message.edited }),
    ...(message.reactions.length > 0 && {
      reactions: message.reactions.map(({ name, users }) => ({ name, users: [...users], count: users.length })),
    }),
  };
};
