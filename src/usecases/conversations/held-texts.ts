import { WindowWatch } from '../../domain/window-watch';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import type { Clinic, Ports } from '../ports';
import { headKey } from './show-reply';

export const heldKey = (messageId: number): string => `held:${messageId}`;

/** Whether this text has to wait for the texting window. */
export function isHeld({ textingHours }: Clinic, message: StoredMessage, now: Date): boolean {
  if (message.state !== 'QUEUED' || (message.answerableUntil !== null && message.answerableUntil > now)) return false;
  return !new WindowWatch(textingHours.current).at(message.zones ?? '', now, 'conversation').open;
}

/** In the thread: until when it waits, and what can be done about it. */
export async function showHeld(tx: Tx, message: StoredMessage, at: Date): Promise<void> {
  if (message.conversationId === null) return;
  const conversation = await tx.conversations.byId(message.conversationId);
  if (!conversation) return;
  const { id: ref } = message;
  const { channel } = conversation;
  const threadOf = headKey(conversation.id);
  await tx.posts.want({ key: heldKey(ref), kind: 'held', ref, channel, threadOf, priority: 1 }, at);
}

/** Texts of staff that came to wait later: the window closed while they were queued, or its hours were changed. */
export async function showNewlyHeld({ store, clinic, clock, wake }: Ports): Promise<void> {
  const now = clock.now();
  const waiting = await store.staffTexts.untold(50);
  const held = waiting.filter((message) => isHeld(clinic, message, now));
  if (held.length === 0) return;
  await store.transaction(async (tx) => {
    for (const message of held) await showHeld(tx, message, now);
  });
  wake.posts();
}
