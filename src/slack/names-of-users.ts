import type { WebClient } from '@slack/web-api';
import type { StaffRoom } from '../usecases/ports';

/** Names are asked once and remembered: a mention in a text must not wait for Slack twice. */
export function namesOfUsers(client: WebClient): StaffRoom['nameOf'] {
  const known = new Map<string, string>();
  return async (user) => {
    const name = known.get(user) ?? (await ask(client, user));
    if (name !== null) known.set(user, name);
    return name;
  };
}

async function ask(client: WebClient, user: string): Promise<string | null> {
  try {
    const { real_name, profile, name } = (await client.users.info({ user })).user ?? {};
    return [real_name, profile?.real_name, profile?.display_name, name].find(Boolean) ?? null;
  } catch {
    return null;
  }
}
