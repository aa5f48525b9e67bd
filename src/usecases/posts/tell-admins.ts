import type { Ports } from '../ports';

/**
 * Tells each admin in their DM with the app, once for each key. Where nobody is an admin, the approvals channel is told.
 * @returns false when somebody could not be told, as with Slack away: worth another try
 */
export async function tellAdmins(
  { store, room, directory, clinic, clock, log, wake }: Ports,
  { key, text }: { key: string; text: string },
): Promise<boolean> {
  const { admins } = await directory.roles();
  const note = { kind: 'note', ref: 0, body: text, priority: 1 };
  let isToldToAll = true;
  if (admins.size === 0 && !(await store.posts.byKey(key)))
    await store.posts.want({ ...note, key, channel: clinic.channels.approvals }, clock.now());
  for (const admin of admins) {
    try {
      const own = `${key}:${admin}`;
      if (await store.posts.byKey(own)) continue;
      const channel = await room.directChannel(admin);
      await store.posts.want({ ...note, key: own, channel }, clock.now());
    } catch (err) {
      isToldToAll = false;
      log.warn({ err }, 'an admin could not be told');
    }
  }
  wake.posts();
  return isToldToAll;
}
