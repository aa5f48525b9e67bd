/**
 * Who may do what. Roles are lists of Slack user ids and user-group ids in the settings; whoever calls these rules has
 * looked the groups' members up before, so that the rules themselves stay pure.
 */
export const ROLES = ['sender', 'reviewer', 'responder', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** As configured: `U…`/`W…` are people, `S…` are user groups. */
export interface RoleMembers {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export type RoleSettings = Readonly<Record<Role, RoleMembers>>;

/** Nobody is a reviewer or an admin by default: those two are never 'everyone'. */
export interface ResolvedRoles {
  readonly senders: ReadonlySet<string> | 'everyone';
  readonly responders: ReadonlySet<string> | 'everyone';
  readonly reviewers: ReadonlySet<string>;
  readonly admins: ReadonlySet<string>;
}

/**
 * Each action and the roles that may do it; any one of them is enough. Admins are named where they may: they do not
 * review by being admins, so that one person alone cannot text a whole city.
 */
const ALLOWED = {
  'patients.import': ['sender', 'admin'],
  'patients.find': ['sender', 'responder', 'admin'],
  'patients.reveal': ['responder', 'admin'],
  'patients.edit': ['sender', 'responder', 'admin'],
  'patients.export': ['admin'],
  'patients.erase': ['admin'],
  'templates.read': ['sender', 'reviewer', 'responder', 'admin'],
  'templates.write': ['sender', 'admin'],
  'templates.approve': ['reviewer'],
  'campaigns.send': ['sender', 'admin'],
  'campaigns.control': ['sender', 'admin'],
  'campaigns.approve': ['reviewer'],
  'campaigns.stopAll': ['admin'],
  'conversations.answer': ['responder', 'admin'],
  'conversations.start': ['responder', 'admin'],
  'conversations.sendNow': ['responder', 'admin'],
  'conversations.optOut': ['responder', 'admin'],
  'optOuts.undo': ['admin'],
  'responses.read': ['sender', 'reviewer', 'responder', 'admin'],
  'responses.download': ['sender', 'responder', 'admin'],
  'settings.edit': ['admin'],
  'audit.read': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof ALLOWED;
export const ACTIONS = Object.keys(ALLOWED) as readonly Action[];

const IN_WORDS: Readonly<Record<Action, string>> = {
  'patients.import': 'bring patients in',
  'patients.find': 'look patients up',
  'patients.reveal': 'see full names and numbers',
  'patients.edit': "change a patient's profile",
  'patients.export': "export a patient's data",
  'patients.erase': 'erase a patient',
  'templates.read': 'read templates',
  'templates.write': 'write templates',
  'templates.approve': 'approve templates',
  'campaigns.send': 'send outreach',
  'campaigns.control': 'pause, resume or cancel a send',
  'campaigns.approve': 'approve a send',
  'campaigns.stopAll': 'stop all sending',
  'conversations.answer': 'text patients back',
  'conversations.start': 'start a conversation',
  'conversations.sendNow': 'send a text outside texting hours',
  'conversations.optOut': 'opt a patient out',
  'optOuts.undo': 'undo an opt-out',
  'responses.read': 'read responses',
  'responses.download': 'download responses',
  'settings.edit': 'change settings',
  'audit.read': 'read the audit log',
};

/** The setting that an admin edits to give somebody the role. */
const SETTING: Readonly<Record<Role, string>> = {
  sender: 'SENDERS',
  reviewer: 'REVIEWERS',
  responder: 'RESPONDERS',
  admin: 'ADMINS',
};

export const hasRole = (user: string, role: Role, roles: ResolvedRoles): boolean => {
  const members = {
    sender: roles.senders,
    responder: roles.responders,
    reviewer: roles.reviewers,
    admin: roles.admins,
  }[role];
  return members === 'everyone' || members.has(user);
};

export const can = (user: string, action: Action, roles: ResolvedRoles): boolean =>
  ALLOWED[action].some((role) => hasRole(user, role, roles));

export const rolesAllowed = (action: Action): readonly Role[] => ALLOWED[action];

/** Who may do it and what to do now, as a sentence for the one who was refused. */
export const refusal = (action: Action): string => {
  const allowed = ALLOWED[action];
  const who = joinWords(
    allowed.map((role) => `${role}s`),
    'and',
  );
  const settings = joinWords(
    allowed.filter((role) => role !== 'admin' || allowed.length === 1).map((role) => SETTING[role]),
    'or',
  );
  return `Only ${who} may ${IN_WORDS[action]}. Ask an admin to add you to ${settings}.`;
};

/**
 * Puts the members of user groups beside the people named. "Everyone" is judged by what is configured, never by who was
 * found: a group that is empty or could not be read gives nobody the role, rather than everybody.
 */
export const resolveRoles = (
  settings: RoleSettings,
  membersOfGroup: ReadonlyMap<string, readonly string[]>,
): ResolvedRoles => {
  const people = ({ users, groups }: RoleMembers): ReadonlySet<string> =>
    new Set([...users, ...groups.flatMap((group) => membersOfGroup.get(group) ?? [])]);
  const orEveryone = (members: RoleMembers): ReadonlySet<string> | 'everyone' =>
    members.users.length + members.groups.length === 0 ? 'everyone' : people(members);
  return {
    senders: orEveryone(settings.sender),
    responders: orEveryone(settings.responder),
    reviewers: people(settings.reviewer),
    admins: people(settings.admin),
  };
};

/** Reads a setting such as `U02AB3CD4, S0613TZR5`; what is neither a user nor a group id comes back as `unknown`. */
export const parseRoleMembers = (setting: string): RoleMembers & { readonly unknown: readonly string[] } => {
  const ids = [...new Set(setting.split(/[\s,;]+/).filter((id) => id !== ''))];
  const isUser = (id: string): boolean => /^[UW][A-Z0-9]+$/.test(id);
  const isGroup = (id: string): boolean => /^S[A-Z0-9]+$/.test(id);
  return {
    users: ids.filter(isUser),
    groups: ids.filter(isGroup),
    unknown: ids.filter((id) => !isUser(id) && !isGroup(id)),
  };
};

const joinWords = (words: readonly string[], conjunction: 'and' | 'or'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`;
