/** Methods about the workspace, the app itself, people and user groups. */
import { flag, optionalText, paginate, requiredText } from '../args';
import type { SlackContext } from '../context';
import { slackUrl } from '../context';
import { SlackError } from '../errors';
import { userJson } from '../format';
import type { MethodTable } from '../method';
import type { Json, Usergroup } from '../model';

const authTest = (context: SlackContext): Json => {
  const { app, team, users } = context.world;
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: users.get(app.botUserId)?.name,
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  };
};

const userInfo = (context: SlackContext, args: Json): Json => {
  const user = context.world.users.get(requiredText(args, 'user'));
  if (user === undefined) throw new SlackError('user_not_found');
  return { user: userJson(context, user) };
};

const userList = (context: SlackContext, args: Json): Json => {
  const { items, nextCursor } = paginate([...context.world.users.values()], args, 1000);
  const members = items.map((user) => userJson(context, user));
  return { members, cache_ts: Math.floor(Date.now() / 1000), response_metadata: { next_cursor: nextCursor } };
};

const usergroupJson = (context: SlackContext, group: Usergroup, withUsers: boolean): Json => ({
  id: group.id,
  team_id: context.world.team.id,
  is_usergroup: true,
  name: group.name,
  description: '',
  handle: group.handle,
  is_external: false,
  date_create: 1_700_000_000,
  date_update: 1_700_000_000,
  date_delete: 0,
  user_count: group.users.length,
  ...(withUsers && { users: [...group.users] }),
});

const usergroupList = (context: SlackContext, args: Json): Json => ({
  usergroups: [...context.world.usergroups.values()].map((group) =>
    usergroupJson(context, group, flag(args, 'include_users')),
  ),
});

const usergroupUsers = (context: SlackContext, args: Json): Json => {
  const group = context.world.usergroups.get(requiredText(args, 'usergroup'));
  if (group === undefined) throw new SlackError('no_such_subteam');
  return { users: [...group.users] };
};

const botInfo = (context: SlackContext, args: Json): Json => {
  const { app } = context.world;
  const bot = optionalText(args, 'bot') ?? app.botId;
  if (bot !== app.botId) throw new SlackError('bot_not_found');
  return {
    bot: {
      id: app.botId,
      app_id: app.id,
      user_id: app.botUserId,
      name: app.name,
      deleted: false,
      updated: 0,
      icons: {},
    },
  };
};

const teamInfo = ({ world }: SlackContext): Json => ({ team: { ...world.team, email_domain: '', icon: {} } });

/** Echoes what it was given; with `error` it fails so. */
const apiTest = (_context: SlackContext, args: Json): Json => {
  const error = optionalText(args, 'error');
  if (error !== undefined) throw new SlackError(error, [], { args });
  return { args };
};

const openConnection = (context: SlackContext): Json => {
  const address = slackUrl(context, 'socket').replace(/^http/, 'ws');
  return { url: `${address}?ticket=${context.sockets.issueTicket()}&app_id=${context.world.app.id}` };
};

export const peopleMethods: MethodTable = {
  'api.test': { token: 'none', run: apiTest },
  'auth.test': { run: authTest },
  'apps.connections.open': { token: 'app', run: openConnection },
  'bots.info': { scope: 'users:read', schema: 'BotsInfoArguments', run: botInfo },
  'team.info': { scope: 'team:read', schema: 'TeamInfoArguments', run: teamInfo },
  'users.info': { scope: 'users:read', schema: 'UsersInfoArguments', run: userInfo },
  'users.list': { scope: 'users:read', schema: 'UsersListArguments', run: userList },
  'usergroups.list': { scope: 'usergroups:read', schema: 'UsergroupsListArguments', run: usergroupList },
  'usergroups.users.list': { scope: 'usergroups:read', schema: 'UsergroupsUsersListArguments', run: usergroupUsers },
};
