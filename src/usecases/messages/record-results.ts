import { explainError } from '../../domain/twilio-errors';
import type { Move } from '../../store/messages';
import type { Taken } from '../../store/queue';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { closeAccount } from './close-account';
import type { Result } from './hand-over';
import { messageChanged, skipQueuedTo } from './message-changed';

/** How often a message is tried when Twilio refuses it for a passing reason. */
const MOST_ATTEMPTS = 5;
/** … and when Twilio's queue is full, which may last for hours. */
const MOST_ATTEMPTS_IN_CROWD = 15;
const LONGEST_BACK_OFF_MINUTES = 30;
const MINUTE_MS = 60_000;

/**
 * Writes what became of a batch of calls, in one transaction. What Twilio took, nearly always all of it, is two statements
 * whatever the size of the batch.
 */
export async function recordResults(ports: Ports, batch: readonly Result[]): Promise<void> {
  const now = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const known = await tx.messages.outcomes(batch.map(({ claimed }) => claimed.attemptId));
    const taken = batch.flatMap((result) => takenOf(result, known));
    if (taken.length > 0) await tx.queue.recordTaken(taken, now);
    const unwanted = batch.filter(
      ({ claimed, outcome }) => outcome.kind === 'unwanted' && !known.has(claimed.attemptId),
    );
    if (unwanted.length > 0) await tx.queue.release(unwanted.map(claimedOf), { at: now, notBefore: null });
    const others = batch.filter((result) => takenOf(result, known).length === 0);
    for (const result of others) await record(tx, { ...result, before: known.get(result.claimed.attemptId) }, now);
    const back = others.map(({ claimed }) => claimed.id);
    if (back.length > 0) await tx.queue.endReturned(back, now);
    // Campaigns' cards follow from counts; only a staff member's own text has a mark of its own.
    for (const { claimed } of batch) if (claimed.purpose !== 'CAMPAIGN') await messageChanged(tx, claimed.id, now);
  });
  const closing = batch.flatMap(({ outcome }) =>
    outcome.kind === 'refused' && explainError(outcome.code).action === 'stop all' ? [outcome.code] : [],
  );
  for (const code of new Set(closing)) await closeAccount(ports, code);
  ports.wake.posts();
}

const claimedOf = ({ claimed }: Result): Result['claimed'] => claimed;

/** `not_there`: Twilio has after all what it was believed not to have. That keeps the text from going again. */
const OPEN: ReadonlySet<string | undefined> = new Set([undefined, 'unknown', 'not_there']);

/** One row when Twilio took the text and nothing has been decided about the attempt that says more. */
function takenOf({ claimed: { id, attemptId }, outcome }: Result, known: ReadonlyMap<string, string>): Taken[] {
  if (outcome.kind !== 'accepted' || !OPEN.has(known.get(attemptId))) return [];
  return [{ id, attemptId, sid: outcome.sid, status: outcome.status }];
}

type Judged = Result & { readonly before: string | undefined };

/**
 * A callback may have been faster than our answer, or this process slept and another one settled the message: then what
 * was decided stands, whatever this result says. Only an open attempt speaks for its message.
 */
async function record(tx: Tx, { claimed, outcome, before }: Judged, now: Date): Promise<void> {
  if (outcome.kind === 'accepted') return tx.messages.finishAttempt(claimed.attemptId, { at: now, sid: outcome.sid });
  if (before !== undefined) return;
  switch (outcome.kind) {
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
      return tx.queue.release([claimed], { at: now, notBefore: outcome.until ?? new Date(now.getTime() + MINUTE_MS) });
    case 'unwanted':
      return; // gone back with the others of its batch
  }
}

/** Twilio said no: the table of its errors says what follows. */
async function recordRefused(
  tx: Tx,
  { claimed, code }: { claimed: Result['claimed']; code: number },
  now: Date,
): Promise<void> {
  await tx.messages.finishAttempt(claimed.attemptId, { at: now, outcome: 'refused', errorCode: code });
  const { action } = explainError(code);
  const again = minutesUntilAgain(action, claimed.attemptCount);
  if (again !== null) {
    const notBefore = new Date(now.getTime() + again * MINUTE_MS);
    await tx.messages.move(claimed.id, ['SENDING'], { state: 'QUEUED', errorCode: code, notBefore });
    return;
  }
  const ended = { errorCode: code, settledAt: now } satisfies Partial<Move>;
  if (action !== 'opt out') {
    await tx.messages.move(claimed.id, ['SENDING'], { state: 'FAILED', ...ended });
    if (action === 'mark number') await tx.patients.markBad(claimed.phone, code, now);
    return;
  }
  await tx.messages.move(claimed.id, ['SENDING'], { state: 'SKIPPED', reason: 'opted_out', ...ended });
  await tx.patients.optOut(claimed.phone, { at: now, via: 'twilio 21610' });
  await skipQueuedTo(tx, claimed.phone, now);
  const subject = `message:${claimed.id}`;
  const detail = { before: { optedOut: false }, after: { optedOut: true }, code };
  await tx.audit.append({ at: now, actor: 'app', action: 'phone.opt_out', subject, detail });
}

/** After how many minutes a text that Twilio did not take goes out again; null = never. */
export function minutesUntilAgain(action: ReturnType<typeof explainError>['action'], attempts: number): number | null {
  const backOff = Math.min(2 ** attempts, LONGEST_BACK_OFF_MINUTES);
  switch (action) {
    case 'stop all':
      return 1;
    case 'next day':
      return 24 * 60;
    case 'retry':
      return attempts < MOST_ATTEMPTS ? backOff : null;
    case 'slow down':
      return attempts < MOST_ATTEMPTS_IN_CROWD ? backOff : null;
    default:
      return null;
  }
}
