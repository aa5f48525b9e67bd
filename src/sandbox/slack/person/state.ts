/** Everything that one person's Slack shows. */
import type { SandboxFile, SandboxMessage, SandboxView, SlackState } from '../../contract';
import { slackUrl } from '../context';
import type { SlackContext } from '../context';
import type { Message, StoredFile, View } from '../model';
import { viewJson } from '../views';

export const fileState = (context: SlackContext, file: StoredFile): SandboxFile => ({
  id: file.id,
  name: file.name,
  mimetype: file.mimetype,
  size: file.size,
  controlUrl: slackUrl(context, `control/files/${file.id}`),
});

const messageState = (context: SlackContext, message: Message): SandboxMessage => ({
  channel: message.channel,
  ts: message.ts,
  ...(message.threadTs !== undefined && { threadTs: message.threadTs }),
  ...(message.broadcast && { broadcast: true }),
  user: message.user,
  isBot: message.byApp,
  text: message.text,
  blocks: message.blocks,
  attachments: message.attachments,
  files: message.fileIds.flatMap((id) => context.world.files.get(id) ?? []).map((file) => fileState(context, file)),
  reactions: message.reactions.map(({ name, users }) => ({ name, users: [...users] })),
  edited: message.edited !== undefined,
  deleted: message.deleted,
  ...(message.ephemeralFor !== undefined && { ephemeralFor: message.ephemeralFor }),
  ...(message.metadata !== undefined && { metadata: message.metadata }),
});

const viewState = (context: SlackContext, view: View): SandboxView => ({
  id: view.id,
  hash: view.hash,
  type: view.type,
  user: view.user,
  view: viewJson(context, view),
});

export const stateFor = (context: SlackContext, user: string): SlackState => {
  const { world } = context;
  const channels = [...world.channels.values()].filter((channel) => channel.members.has(user));
  const ids = new Set(channels.map((channel) => channel.id));
  const home = world.homes.get(user);
  return {
    users: [...world.users.values()],
    usergroups: [...world.usergroups.values()].map(({ id, handle, users }) => ({ id, handle, users: [...users] })),
    channels: channels.map(({ id, name, imUser, members }) => ({
      id,
      name,
      ...(imUser !== undefined && { imUser }),
      members: [...members],
    })),
    messages: world.messages
      .filter(({ channel, ephemeralFor }) => ids.has(channel) && (ephemeralFor ?? user) === user)
      .map((message) => messageState(context, message)),
    modals: (world.modals.get(user) ?? []).map((view) => viewState(context, view)),
    ...(home !== undefined && { home: viewState(context, home) }),
  };
};
