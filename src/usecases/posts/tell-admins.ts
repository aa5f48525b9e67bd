import type { Ports } from '../ports';

/** Tells each admin in their DM with the app, once for each key. Best effort: with Slack away nobody can be told. */
export async function tellAdmins(
  { store, room, directory, clock, log, wake }: Ports,
  { key, text }: { key: string; text: string },
): Promise<void> {
  const { admins } = await directory.roles();
  for (const admin of admins) {
    try {
      const own = `${key}:${admin}`;
      if (await store.posts.byKey(own)) continue;
      const channel = await room.directChannel(admin);
      await store.posts.want({ key: own, kind: 'note', ref: 0, channel, body: text, priority: 1 }, clock.now());
    } catch (err) {
      log.warn({ err }, 'an admin could not be told');
    }
  }
  wake.posts();
}
