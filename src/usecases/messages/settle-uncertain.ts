import { performance } from 'node:perf_hooks';
import type { Tx } from '../../store/store';
import type { Ports, SmsRecord } from '../ports';
import { messageChanged } from './message-changed';

/**
 * How long after the last sign of an attempt a message that Twilio does not list is believed not to be there, in ms.
 * Longer than Twilio may take over a request that we gave up, and than its list may lag behind.
 */
export const WAITING_MS = 75_000;
/**
 * Twilio was asked in vain twice, so far apart, in ms that no clock's jump can shorten: a clock that is put forward
 * while a call hangs must not pass for waiting.
 */
const SECOND_LOOK_MS = 4_000;
/** Twilio's clock and ours may differ by this much, in ms: generous, since every SID that is known is left aside. */
export const SKEW_MS = 15 * 60_000;
/** Twilio's newest messages to one number: more than anybody gets in the time that an attempt stays uncertain. */
const LOOK_BACK = 50;
/** Messages asked after in one round. */
const A_ROUND = 60;
/** So many failures in a row are Twilio's, not the message's. */
const MOST_FAILURES = 3;

type Uncertain = Awaited<ReturnType<Ports['store']['queue']['uncertain']>>[number];
type Attempt = Uncertain['attempts'][number];

/**
 * Settles the messages of which nobody knows whether Twilio has them. The status callback, whose address carries the
 * attempt's id, is the quick way (apply-reports.ts); this is the sure one: Twilio's own list, by number.
 * A message is sent again only when Twilio demonstrably does not have it, after a waiting time.
 */
export class Settler {
  /** When Twilio was first asked in vain, by attempt; on the clock that never jumps. */
  private readonly missingSince = new Map<string, number>();

  constructor(private readonly ports: Ports) {}

  async settle(): Promise<void> {
    const waiting = await this.ports.store.queue.uncertain(A_ROUND);
    if (waiting.length === 0) this.missingSince.clear();
    let failures = 0;
    for (const message of waiting) {
      try {
        await this.settleOne(message);
        failures = 0;
      } catch (err) {
        this.ports.log.warn({ err, messageId: message.id }, 'Twilio could not be asked; it is asked again');
        failures += 1;
        if (failures >= MOST_FAILURES) return;
      }
    }
  }

  private async settleOne(message: Uncertain): Promise<void> {
    const { store, clock } = this.ports;
    await store.messages.markChecked([message.id], clock.now());
    const [attempt] = message.attempts;
    if (!attempt) return this.putBack(message, null);
    const found = await this.findAtTwilio(message, attempt);
    if (found) await this.adopt(message, { attempt, found });
    else if (this.hasWaited(attempt)) await this.putBack(message, attempt);
  }

  private hasWaited({ id, startedAt, finishedAt }: Attempt): boolean {
    const first = this.missingSince.get(id) ?? performance.now();
    this.missingSince.set(id, first);
    const lastSign = (finishedAt ?? startedAt).getTime();
    const waited = this.ports.clock.now().getTime() - lastSign;
    return waited >= WAITING_MS && performance.now() - first >= SECOND_LOOK_MS;
  }

  private async adopt(message: Uncertain, { attempt, found }: { attempt: Attempt; found: SmsRecord }): Promise<void> {
    const { store, clock, log, wake } = this.ports;
    const now = clock.now();
    const { sid, status, errorCode } = found;
    const settled = await store.transaction(async (tx) => {
      // A call to this number that is under way may be what Twilio lists: wait for its own answer.
      if (await tx.queue.isSendingTo(message.phone)) return false;
      if ((await tx.messages.knownSids([sid], message.phone)).has(sid)) return false;
      if (!(await isUndecided(tx, attempt.id))) return false;
      await tx.messages.move(message.id, ['UNCERTAIN'], { state: 'SUBMITTED', sid, submittedAt: attempt.startedAt });
      await tx.messages.finishAttempt(attempt.id, { at: now, outcome: 'found', sid });
      // What became of it since goes the way of all reports.
      await tx.reports.add([{ sid, attemptId: null, status, errorCode, receivedAt: now }]);
      await messageChanged(tx, message.id, now);
      return true;
    });
    if (!settled) return;
    this.missingSince.delete(attempt.id);
    log.info({ messageId: message.id }, 'an uncertain message was found at Twilio');
    wake.inbound();
  }

  /** Twilio does not have it, or was never called: it goes out again. */
  private async putBack(message: Uncertain, attempt: Attempt | null): Promise<void> {
    const { store, clock, log, wake } = this.ports;
    const now = clock.now();
    await store.transaction(async (tx) => {
      if (attempt && !(await isUndecided(tx, attempt.id))) return;
      await tx.messages.move(message.id, ['UNCERTAIN'], { state: 'QUEUED', notBefore: null });
      if (attempt) await tx.messages.finishAttempt(attempt.id, { at: now, outcome: 'not_there' });
      await tx.queue.endReturned([message.id], now);
      await messageChanged(tx, message.id, now);
    });
    if (attempt) this.missingSince.delete(attempt.id);
    log.info({ messageId: message.id }, 'an uncertain message is not at Twilio: it goes out again');
    wake.dispatch();
  }

  /** Same number, same text, made since the attempt, and not one that is known to be another's. The oldest first. */
  private async findAtTwilio(message: Uncertain, attempt: Attempt): Promise<SmsRecord | null> {
    const records = await this.ports.sms.list({ to: message.phone, limit: LOOK_BACK });
    const since = attempt.startedAt.getTime() - SKEW_MS;
    const candidates = records.filter(
      ({ direction, to, text, createdAt }) =>
        direction === 'outbound' &&
        to === message.phone &&
        createdAt.getTime() >= since &&
        isSameText(message.text, text),
    );
    if (candidates.length === 0) return null;
    const known = await this.ports.store.messages.knownSids(
      candidates.map(({ sid }) => sid),
      message.phone,
    );
    return candidates.reverse().find(({ sid }) => !known.has(sid)) ?? null;
  }
}

/** Somebody may have decided while Twilio was asked: a callback, the answer itself, another process. */
async function isUndecided(tx: Tx, attemptId: string): Promise<boolean> {
  const outcome = (await tx.messages.attempt(attemptId))?.outcome ?? null;
  return outcome === null || outcome === 'unknown';
}

/** Twilio may change quotes, dashes and spaces (smart encoding) and puts a sentence before the texts of trial accounts. */
export function isSameText(ours: string, atTwilio: string): boolean {
  const letters = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  const wanted = letters(ours);
  if (wanted === '') return ours.trim() === atTwilio.trim();
  const theirs = letters(atTwilio);
  // “ok” must not pass for the end of another text.
  return theirs === wanted || (theirs.endsWith(wanted) && /trial account/i.test(atTwilio));
}
