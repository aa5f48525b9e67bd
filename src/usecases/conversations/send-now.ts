import { AppError } from '../../domain/errors';
import { answerableUntil, readReason } from '../../domain/outside-window';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { heldKey } from './held-texts';
import { refuseNumber } from './refuse-unsendable';

/**
 * One text to one patient goes now, outside the texting window: the second exception of domain/outside-window.ts. With its
 * reason on the record; nothing else about the text changes, and all other checks are made again before it goes.
 * @throws AppError FORBIDDEN, NOT_FOUND, REASON_MISSING, NOT_HELD, OPTED_OUT, BAD_NUMBER
 */
export async function sendNow(
  ports: Ports,
  { messageId, actor, reason: typed }: { messageId: number; actor: string; reason: string },
): Promise<void> {
  await requireRight(ports, actor, 'conversations.sendNow');
  const message = await ports.store.messages.byId(messageId);
  if (!message) throw notFound('text', messageId);
  const reason = readReason(typed);
  if (reason === null) throw reasonMissing();
  await refuseNumber(ports, message.phone);
  const at = ports.clock.now();
  const until = answerableUntil({ lastInboundAt: message.conversation?.lastInboundAt ?? null, sendNowAt: at });
  await ports.store.transaction(async (tx) => {
    if (!(await tx.staffTexts.sendNow(messageId, { until, by: actor, reason }))) throw notHeld(messageId);
    const subject = `message:${messageId}`;
    await tx.audit.append({ at, actor, action: 'conversations.sendNow', subject, detail: { reason } });
    await tx.posts.touch(heldKey(messageId));
  });
  ports.wake.dispatch();
  ports.wake.posts();
}

/** Somebody has seen that it waits, and it is right so: the card asks no more. @throws AppError FORBIDDEN, NOT_FOUND */
export async function keepHeld(
  ports: Ports,
  { messageId, actor }: { messageId: number; actor: string },
): Promise<void> {
  await requireRight(ports, actor, 'conversations.answer');
  const key = heldKey(messageId);
  const post = await ports.store.posts.byKey(key);
  if (!post) throw notFound('text', messageId);
  const { kind, ref, channel, priority } = post;
  await ports.store.posts.want({ key, kind, ref, channel, priority, body: actor }, ports.clock.now());
  ports.wake.posts();
}

const reasonMissing = (): AppError =>
  new AppError('REASON_MISSING', {
    message: 'send now without a reason',
    userMessage: 'Say why it cannot wait, in a few words. It goes on the record.',
  });

const notHeld = (id: number): AppError =>
  new AppError('NOT_HELD', {
    message: `message ${id} is not waiting`,
    userMessage: 'This text does not wait any more: the mark at the message says what became of it.',
  });
