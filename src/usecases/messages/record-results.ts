import { applyStatus } from '../../domain/delivery-status';
import { explainError } from '../../domain/twilio-errors';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { closeAccount } from './close-account';
import type { Result } from './hand-over';
import { messageChanged } from './message-changed';

/** How often a message is tried when Twilio refuses it for a passing reason. */
const MOST_ATTEMPTS = 5;

/** Writes what became of a batch of calls, in one transaction. A message that a callback has moved on stays where it is. */
export async function recordResults(ports: Ports, batch: readonly Result[]): Promise<void> {
  const now = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    for (const result of batch) {
      await record(tx, result, now);
      await messageChanged(tx, result.claimed.id, now);
    }
  });
  for (const { outcome } of batch) {
    if (outcome.kind === 'refused' && explainError(outcome.code).action === 'stop all')
      await closeAccount(ports, outcome.code);
  }
  ports.wake.posts();
}

async function record(tx: Tx, { claimed, outcome }: Result, now: Date): Promise<void> {
  switch (outcome.kind) {
    case 'accepted':
      return recordAccepted(tx, { claimed, outcome }, now);
    case 'refused':
      return recordRefused(tx, { claimed, code: outcome.code }, now);
    case 'unknown':
      await tx.messages.move(claimed.id, ['SENDING'], { state: 'UNCERTAIN' });
      return tx.messages.finishAttempt(claimed.attemptId, { at: now, outcome: 'unknown' });
    case 'not_sent': {
      const backOff = Math.min(300_000, outcome.retryAfterMs * 2 ** Math.min(claimed.attemptCount, 6));
      return tx.queue.release([claimed], { at: now, notBefore: new Date(now.getTime() + backOff) });
    }
    case 'held':
      return tx.queue.release([claimed], { at: now, notBefore: outcome.until });
    case 'unwanted':
      return tx.queue.release([claimed], { at: now, notBefore: null });
  }
}

async function recordAccepted(
  tx: Tx,
  {
    claimed,
    outcome,
  }: { claimed: Result['claimed']; outcome: { sid: string; status: string; errorCode: number | null } },
  now: Date,
): Promise<void> {
  const { sid, status, errorCode } = outcome;
  const { state } = applyStatus('SUBMITTED', { status, errorCode });
  await tx.messages.move(claimed.id, ['SENDING', 'UNCERTAIN'], {
    state,
    sid,
    twilioStatus: status,
    errorCode,
    submittedAt: now,
    settledAt: state === 'SUBMITTED' ? null : now,
  });
  await tx.messages.finishAttempt(claimed.attemptId, { at: now, outcome: 'accepted', sid });
}

/** Twilio said no: the table of its errors says what follows. */
async function recordRefused(
  tx: Tx,
  { claimed, code }: { claimed: Result['claimed']; code: number },
  now: Date,
): Promise<void> {
  await tx.messages.finishAttempt(claimed.attemptId, { at: now, outcome: 'refused', errorCode: code });
  const { action } = explainError(code);
  const later = (minutes: number) => ({
    state: 'QUEUED' as const,
    errorCode: code,
    notBefore: new Date(now.getTime() + minutes * 60_000),
  });
  if (action === 'stop all') {
    await tx.messages.move(claimed.id, ['SENDING'], later(1));
  } else if (['retry', 'slow down'].includes(action) && claimed.attemptCount < MOST_ATTEMPTS) {
    await tx.messages.move(claimed.id, ['SENDING'], later(2 ** claimed.attemptCount));
  } else if (action === 'next day') {
    await tx.messages.move(claimed.id, ['SENDING'], later(24 * 60));
  } else if (action === 'opt out') {
    await tx.messages.move(claimed.id, ['SENDING'], {
      state: 'SKIPPED',
      reason: 'opted_out',
      errorCode: code,
      settledAt: now,
    });
    await tx.patients.optOut(claimed.phone, { at: now, via: 'twilio 21610' });
    await tx.queue.skipQueuedTo(claimed.phone, now);
    await tx.audit.append({
      at: now,
      actor: 'app',
      action: 'phone.opt_out',
      subject: `message:${claimed.id}`,
      detail: { code },
    });
  } else {
    await tx.messages.move(claimed.id, ['SENDING'], { state: 'FAILED', errorCode: code, settledAt: now });
    if (action === 'mark number') await tx.patients.markBad(claimed.phone, code, now);
  }
}
