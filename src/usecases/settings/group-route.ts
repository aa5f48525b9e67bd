import { conversationSettings } from '../../domain/conversation-settings';
import type { Tx } from '../../store/store';
import { CONVERSATIONS_SETTING } from './conversations';

/** A group that goes takes the route of its replies with it. Call `refresh` once the transaction is over. */
export async function dropGroupRoute(
  tx: Tx,
  { groupId, actor, at }: { groupId: number; actor: string; at: Date },
): Promise<void> {
  const row = await tx.settings.read(CONVERSATIONS_SETTING);
  if (row === null) return;
  const before = conversationSettings.parse(JSON.parse(row.value));
  const routes = before.routes.filter(({ of, id }) => of !== 'group' || id !== groupId);
  if (routes.length === before.routes.length) return;
  await tx.settings.write(CONVERSATIONS_SETTING, JSON.stringify({ ...before, routes }), { by: actor, at });
  const detail = { before: { routes: before.routes }, after: { routes } };
  await tx.audit.append({ at, actor, action: 'settings.conversations', subject: 'settings', detail });
}
