import fc from 'fast-check';
import {
  ACTIONS,
  can,
  parseRoleMembers,
  refusal,
  resolveRoles,
  rolesAllowed,
  ROLES,
  type Action,
  type ResolvedRoles,
  type RoleSettings,
} from '../../../src/domain/permissions';

const nobody = { users: [], groups: [] };
const settings = (given: Partial<RoleSettings>): RoleSettings => ({
  sender: nobody,
  reviewer: nobody,
  responder: nobody,
  admin: nobody,
  ...given,
});
const one = (user: string): { users: string[]; groups: string[] } => ({ users: [user], groups: [] });

const clinic: ResolvedRoles = {
  senders: new Set(['USENDER']),
  reviewers: new Set(['UREVIEWER']),
  responders: new Set(['URESPONDER']),
  admins: new Set(['UADMIN']),
};

const may = (user: string): readonly Action[] => ACTIONS.filter((action) => can(user, action, clinic));

test('each role does its work and no other', () => {
  expect(may('USTRANGER')).toEqual([]);
  expect(may('UREVIEWER')).toEqual(['templates.read', 'templates.approve', 'campaigns.approve', 'responses.read']);
  expect(may('USENDER')).toEqual(expect.arrayContaining(['patients.import', 'templates.write', 'campaigns.send']));
  expect(may('USENDER')).not.toEqual(expect.arrayContaining(['conversations.answer']));
  expect(may('URESPONDER')).toEqual(expect.arrayContaining(['conversations.answer', 'patients.reveal']));
  expect(may('URESPONDER')).not.toEqual(expect.arrayContaining(['campaigns.send']));
});

test('admins do everything but review', () => {
  const reviews: readonly Action[] = ['templates.approve', 'campaigns.approve'];
  expect(may('UADMIN')).toEqual(ACTIONS.filter((action) => !reviews.includes(action)));
});

test('where no senders or responders are named everyone is one; reviewers and admins are only those named', () => {
  const roles = resolveRoles(settings({}), new Map());
  expect(can('UANY', 'campaigns.send', roles)).toBe(true);
  expect(can('UANY', 'conversations.answer', roles)).toBe(true);
  expect(can('UANY', 'campaigns.approve', roles)).toBe(false);
  expect(can('UANY', 'settings.edit', roles)).toBe(false);
});

test('members of a group have its role', () => {
  const roles = resolveRoles(
    settings({ reviewer: { users: ['U1'], groups: ['S1'] } }),
    new Map([['S1', ['U2', 'U3']]]),
  );
  expect(['U1', 'U2', 'U3', 'U4'].filter((user) => can(user, 'campaigns.approve', roles))).toEqual(['U1', 'U2', 'U3']);
});

test('a group that is empty or could not be read gives the role to nobody, not to everybody', () => {
  const named = settings({ sender: { users: [], groups: ['S1'] }, responder: { users: [], groups: ['S2'] } });
  const roles = resolveRoles(named, new Map([['S2', []]]));
  expect(can('UANY', 'campaigns.send', roles)).toBe(false);
  expect(can('UANY', 'conversations.answer', roles)).toBe(false);
});

test('naming more people never takes a right from those who were named', () => {
  const users = fc.array(fc.constantFrom('U1', 'U2', 'U3'), { minLength: 1 });
  fc.assert(
    fc.property(fc.constantFrom(...ROLES), users, fc.constantFrom('U1', 'U2', 'U3'), (role, named, more) => {
      const before = resolveRoles(settings({ [role]: { users: named, groups: [] } }), new Map());
      const after = resolveRoles(settings({ [role]: { users: [...named, more], groups: [] } }), new Map());
      for (const action of ACTIONS) {
        for (const user of named) if (can(user, action, before)) expect(can(user, action, after)).toBe(true);
      }
    }),
  );
});

test('a refusal says who may and what to do, and following it helps', () => {
  expect(refusal('campaigns.send')).toBe(
    'Only senders and admins may send outreach. Ask an admin to add you to SENDERS.',
  );
  expect(refusal('settings.edit')).toBe('Only admins may change settings. Ask an admin to add you to ADMINS.');
  const roleOf = { SENDERS: 'sender', REVIEWERS: 'reviewer', RESPONDERS: 'responder', ADMINS: 'admin' } as const;
  for (const action of ACTIONS) {
    const named = Object.entries(roleOf).filter(([setting]) => refusal(action).includes(setting));
    expect(named.length).toBeGreaterThan(0);
    for (const [, role] of named) {
      const roles = resolveRoles(settings({ sender: one('UX'), responder: one('UX'), [role]: one('UME') }), new Map());
      expect([action, can('UME', action, roles)]).toEqual([action, true]);
      expect(rolesAllowed(action)).toContain(role);
    }
  }
});

test('reads a list of users and groups, and tells what is neither', () => {
  expect(parseRoleMembers(' U02AB3CD4, S0613TZR5;W1A U02AB3CD4 @ana u123 ')).toEqual({
    users: ['U02AB3CD4', 'W1A'],
    groups: ['S0613TZR5'],
    unknown: ['@ana', 'u123'],
  });
  expect(parseRoleMembers('')).toEqual({ users: [], groups: [], unknown: [] });
});
