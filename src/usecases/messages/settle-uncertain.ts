import { applyStatus } from '../../domain/delivery-status';
import type { Ports, SmsRecord } from '../ports';
import { messageChanged } from './message-changed';

/**
 * How long after the attempt a message that Twilio does not list is believed not to be there, in ms. Longer than our
 * time-out and than Twilio's list may lag behind.
 */
export const WAITING_MS = 75_000;
/** Twilio's clock and ours may differ by this much, in ms. */
const SKEW_MS = 5_000;
/** Twilio's newest messages to one number: more than anybody gets in the time that an attempt stays uncertain. */
const LOOK_BACK = 50;

type Uncertain = Awaited<ReturnType<Ports['store']['queue']['uncertain']>>[number];

/**
 * Settles the messages of which nobody knows whether Twilio has them. The status callback, whose address carries the
 * attempt's id, is the quick way (apply-reports.ts); this is the sure one: Twilio's own list, by number.
 * A message is sent again only when Twilio demonstrably does not have it, after a waiting time.
 */
export async function settleUncertain(ports: Ports): Promise<void> {
  const waiting = await ports.store.queue.uncertain(200);
  for (const message of waiting) {
    try {
      await settle(ports, message);
    } catch (err) {
      ports.log.warn({ err, messageId: message.id }, 'Twilio could not be asked; it is asked again');
      return;
    }
  }
}

async function settle(ports: Ports, message: Uncertain): Promise<void> {
  const attempt = message.attempts[0];
  const now = ports.clock.now();
  const startedAt = attempt?.startedAt ?? message.createdAt;
  const found = await findAtTwilio(ports, message, startedAt);
  if (!found && now.getTime() - startedAt.getTime() < WAITING_MS) return;
  await ports.store.transaction(async (tx) => {
    if (found) {
      const { state } = applyStatus('SUBMITTED', { status: found.status, errorCode: found.errorCode });
      // Not to be requeued from here: an expired validity is reported again by the sweep.
      await tx.messages.move(message.id, ['UNCERTAIN'], {
        state: state === 'EXPIRED' ? 'SUBMITTED' : state,
        sid: found.sid,
        twilioStatus: found.status,
        errorCode: found.errorCode,
        submittedAt: startedAt,
      });
    } else {
      await tx.messages.move(message.id, ['UNCERTAIN'], { state: 'QUEUED', notBefore: null });
    }
    if (attempt) {
      const outcome = found ? 'found' : 'not_there';
      await tx.messages.finishAttempt(attempt.id, { at: now, outcome, sid: found?.sid ?? null });
    }
    await messageChanged(tx, message.id, now);
  });
  ports.log.info({ messageId: message.id, found: found !== null }, 'an uncertain message is settled');
  if (!found) ports.wake.dispatch();
}

/** Same number, same text, made no earlier than the attempt, and not one that is another message's already. */
async function findAtTwilio(ports: Ports, message: Uncertain, startedAt: Date): Promise<SmsRecord | null> {
  const records = await ports.sms.list({ to: message.phone, limit: LOOK_BACK });
  const candidates = records.filter(
    (record) =>
      record.direction === 'outbound' &&
      record.to === message.phone &&
      record.text.trim() === message.text.trim() &&
      // Twilio's dates are whole seconds.
      record.createdAt.getTime() >= startedAt.getTime() - SKEW_MS,
  );
  const known = await ports.store.messages.knownSids(candidates.map(({ sid }) => sid));
  return candidates.reverse().find(({ sid }) => !known.has(sid)) ?? null;
}
