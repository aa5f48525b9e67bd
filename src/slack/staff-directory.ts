import type { WebClient } from '@slack/web-api';
import { type ResolvedRoles, resolveRoles, type RoleMembers, type RoleSettings } from '../domain/permissions';
import type { Log } from '../log';
import type { StaffDirectory } from '../usecases/ports';

export interface RoleIds {
  readonly senders: readonly string[];
  readonly reviewers: readonly string[];
  readonly responders: readonly string[];
  readonly admins: readonly string[];
}

/** A user group is asked for its members again after this long, in ms: who loses a role soon does not count any more. */
const FRESH_MS = 5_000;

const membersOf = (ids: readonly string[]): RoleMembers => ({
  users: ids.filter((id) => !id.startsWith('S')),
  groups: ids.filter((id) => id.startsWith('S')),
});

/** Who has which role, with Slack's user groups resolved. */
export function createStaffDirectory(client: WebClient, ids: RoleIds, log: Log): StaffDirectory {
  const settings: RoleSettings = {
    sender: membersOf(ids.senders),
    reviewer: membersOf(ids.reviewers),
    responder: membersOf(ids.responders),
    admin: membersOf(ids.admins),
  };
  const groups = [...new Set(Object.values(settings).flatMap((members: RoleMembers) => members.groups))];
  const known = new Map<string, readonly string[]>();
  let freshUntil = 0;
  return {
    roles: async (): Promise<ResolvedRoles> => {
      if (Date.now() >= freshUntil) {
        for (const group of groups) {
          // Unreachable: the members of a moment ago. Never asked before: nobody, which is the safe reading.
          known.set(group, (await askMembers(client, group, log)) ?? known.get(group) ?? []);
        }
        freshUntil = Date.now() + FRESH_MS;
      }
      return resolveRoles(settings, known);
    },
  };
}

async function askMembers(client: WebClient, usergroup: string, log: Log): Promise<readonly string[] | null> {
  try {
    return (await client.usergroups.users.list({ usergroup })).users ?? [];
  } catch (err) {
    log.warn({ err, usergroup }, 'a user group could not be read');
    return null;
  }
}
