import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { queueStaffText } from './queue-staff-text';
import { refuseNumber, refuseWords } from './refuse-unsendable';
import { headKey } from './show-reply';

/**
 * The first text of a conversation, written in its form: it stands in the thread with what became of it.
 * @param key the form's submission: submitted twice is texted once
 * @throws AppError FORBIDDEN, NOT_FOUND, OPTED_OUT, BAD_NUMBER, EMPTY, TOO_LONG
 */
export async function sendFirstText(
  ports: Ports,
  { conversationId, actor, text: typed, key }: { conversationId: number; actor: string; text: string; key: string },
): Promise<void> {
  await requireRight(ports, actor, 'conversations.start');
  const conversation = await ports.store.conversations.byId(conversationId);
  if (!conversation) throw notFound('conversation', conversationId);
  await refuseNumber(ports, conversation.phone);
  const text = typed.trim();
  refuseWords(text);
  const at = ports.clock.now();
  const queued = await queueStaffText(ports, { conversation, text, user: actor, key, causedAt: at, at });
  if (!queued) return;
  const { channel } = conversation;
  const threadOf = headKey(conversationId);
  const { id: ref } = queued;
  await ports.store.posts.want({ key: `text:${ref}`, kind: 'staff-text', ref, channel, threadOf, priority: 1 }, at);
  ports.wake.dispatch();
  ports.wake.posts();
}
