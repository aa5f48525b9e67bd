/** The invented clinic's workspace. */
import type { Channel, User, Usergroup, World } from './model';

export const BOT_USER = 'U0CARETHREAD';

export const CHANNELS = {
  general: 'C0GENERAL',
  replies: 'C0REPLIES',
  approvals: 'C0APPROVALS',
  imports: 'C0IMPORTS',
} as const;

export const STAFF = {
  sender: 'U0SENDER1',
  reviewer: 'U0REVIEWER1',
  responder: 'U0RESPONDER1',
  admin: 'U0ADMIN1',
} as const;

export const REVIEWERS_GROUP = 'S0REVIEWERS';

const STAFF_USERS: readonly User[] = [
  { id: STAFF.sender, name: 'maya.okafor', realName: 'Maya Okafor', role: 'sender', isBot: false },
  { id: STAFF.reviewer, name: 'daniel.reyes', realName: 'Daniel Reyes', role: 'reviewer', isBot: false },
  { id: STAFF.responder, name: 'priya.raman', realName: 'Priya Raman', role: 'responder', isBot: false },
  { id: STAFF.admin, name: 'helen.brandt', realName: 'Helen Brandt', role: 'admin', isBot: false },
];

const BOT: User = { id: BOT_USER, name: 'carethread', realName: 'CareThread', role: '', isBot: true };

const publicChannel = (id: string, name: string, members: readonly string[]): Channel => ({
  id,
  name,
  members: new Set(members),
  archived: false,
});

const directMessage = (user: User): Channel => ({
  id: `D${user.id.slice(1)}`,
  name: 'directmessage',
  imUser: user.id,
  members: new Set([user.id, BOT_USER]),
  archived: false,
});

const REVIEWERS: Usergroup = { id: REVIEWERS_GROUP, handle: 'reviewers', name: 'Reviewers', users: [STAFF.reviewer] };

export const createWorld = (): World => {
  const users = [...STAFF_USERS, BOT];
  const everybody = users.map((user) => user.id);
  const channels = [
    publicChannel(CHANNELS.general, 'general', everybody),
    publicChannel(CHANNELS.replies, 'outreach-replies', everybody),
    publicChannel(CHANNELS.approvals, 'outreach-approvals', everybody),
    publicChannel(CHANNELS.imports, 'outreach-imports', everybody),
    ...STAFF_USERS.map(directMessage),
  ];
  return {
    team: { id: 'T0CLINIC', name: 'Riverbend Community Clinic', domain: 'riverbend-clinic' },
    app: { id: 'A0CARETHREAD', name: 'CareThread', botId: 'B0CARETHREAD', botUserId: BOT_USER },
    users: new Map(users.map((user) => [user.id, user])),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    usergroups: new Map([[REVIEWERS.id, { ...REVIEWERS, users: [...REVIEWERS.users] }]]),
    messages: [],
    messagesByTs: new Map(),
    repliesByThread: new Map(),
    files: new Map(),
    modals: new Map(),
    homes: new Map(),
  };
};
