import { applyStatus, isEarlierStatus, type MessageState } from '../../domain/delivery-status';
import { explainError } from '../../domain/twilio-errors';
import type { StoredMessage } from '../../store/messages';
import type { StoredReport as Report } from '../../store/reports';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { applyPlainReports } from './apply-plain-reports';
import { messageChanged, skipQueuedTo } from './message-changed';
import { minutesUntilAgain } from './record-results';

/** Reports in one transaction: long enough to be quick, short enough to keep nobody waiting. */
const BATCH = 500;

/** Applies the status callbacks that were stored, in order of arrival; a status never goes backwards. */
export async function applyReports(ports: Ports): Promise<void> {
  for (let last = 0; ;) {
    const batch = await ports.store.reports.unapplied(BATCH, last);
    last = batch.at(-1)?.id ?? last;
    if (batch.length === 0) return;
    // One that cannot be applied must not hold up the others: then each goes by itself, and that one is tried next time.
    if (!(await tryTo(ports, batch))) for (const report of batch) await tryTo(ports, [report]);
    ports.wake.posts();
    // A loop of awaits on SQLite lets no timer fire: webhooks and Slack's 3 s come first.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function tryTo(ports: Ports, batch: readonly Report[]): Promise<boolean> {
  const now = ports.clock.now();
  try {
    await ports.store.transaction(async (tx) => {
      for (const report of await applyPlainReports(tx, batch, now)) await apply(tx, report, now);
      await tx.reports.markApplied(
        batch.map(({ id }) => id),
        now,
      );
    });
    return true;
  } catch (err) {
    ports.log.error({ err, reports: batch.length }, 'status reports could not be applied; they are tried again');
    return false;
  }
}

async function apply(tx: Tx, report: Report, now: Date): Promise<void> {
  const message = await messageOf(tx, report, now);
  if (!message) return;
  const outcome = applyStatus(message.state as MessageState, report);
  if (message.sid === null) await adopt(tx, { message, report }, now);
  const again = outcome.requeue ? 0 : minutesUntilUnsentGoesAgain(message, report);
  if (outcome.changed && (await wasRecalled(tx, message, report))) await returnToQueue(tx, message, now);
  else if (again !== null && outcome.changed) await putBack(tx, { message, report, again }, now);
  else if (outcome.changed || message.twilioStatus !== report.status)
    await moveOn(tx, { message, report, state: outcome.state }, now);
  if (report.errorCode !== null) await heedError(tx, { message, code: report.errorCode }, now);
  else if (outcome.state === 'DELIVERED') await tx.patients.markGood(message.phone);
  await messageChanged(tx, message.id, now);
}

/** The message that a report is about: by SID, or by the attempt whose answer never came. */
async function messageOf(tx: Tx, report: Report, now: Date): Promise<StoredMessage | null> {
  const bySid = await tx.messages.bySid(report.sid);
  if (bySid !== null || report.attemptId === null) return bySid;
  const attempt = await tx.messages.attempt(report.attemptId);
  if (!attempt) return null;
  // The attempt's SID is known, and no message has it any more: the message was queued again, and this is an old story.
  if (attempt.sid !== null || attempt.outcome === 'refused') return null;
  const message = await tx.messages.byId(attempt.messageId);
  if (message?.sid !== null) return null;
  if (isUnsent(report) && (await tx.messages.hasOtherAttempt(message.id, attempt.id))) {
    // An attempt that was given up did reach Twilio, and came to nothing: the one under way decides.
    await tx.messages.finishAttempt(attempt.id, { at: now, outcome: 'reported', sid: report.sid });
    return null;
  }
  return message;
}

const isUnsent = ({ status }: Report): boolean => ['failed', 'undelivered', 'canceled'].includes(status);

interface Applied {
  readonly message: StoredMessage;
  readonly report: Report;
}

/** The callback was faster than the answer to our call, or the answer never came: now we know that Twilio has it. */
async function adopt(tx: Tx, { message, report }: Applied, now: Date): Promise<void> {
  await tx.messages.move(message.id, ['SENDING', 'UNCERTAIN', 'QUEUED'], {
    state: 'SUBMITTED',
    sid: report.sid,
    submittedAt: now,
  });
  if (report.attemptId !== null) {
    await tx.messages.finishAttempt(report.attemptId, { at: now, outcome: 'reported', sid: report.sid });
  }
}

const BEFORE: readonly MessageState[] = [
  'SENDING',
  'UNCERTAIN',
  'SUBMITTED',
  'SKIPPED',
  'CANCELED',
  'EXPIRED',
  'FAILED',
  'UNDELIVERED',
];

async function moveOn(tx: Tx, { message, report, state }: Applied & { state: MessageState }, now: Date): Promise<void> {
  const settled = state !== 'SUBMITTED';
  // `sent` after `delivered`, or `queued` after `sent`, is a late callback: the state's rank says so, the status must not lie either.
  const late = state === message.state && isEarlierStatus(report.status, message.twilioStatus);
  if (late) return;
  await tx.messages.move(message.id, BEFORE, {
    state,
    twilioStatus: report.status,
    errorCode: report.errorCode,
    ...(settled ? { settledAt: now } : {}),
  });
}

/** `failed`, not `undelivered`: Twilio itself had no room for it (30001, 30022, 30023 …), and no carrier has seen it. */
function minutesUntilUnsentGoesAgain({ attemptCount }: StoredMessage, { status, errorCode }: Report): number | null {
  if (status !== 'failed' || errorCode === null) return null;
  const { action } = explainError(errorCode);
  return action === 'slow down' || action === 'next day' ? minutesUntilAgain(action, attemptCount) : null;
}

/** We asked Twilio to cancel it because its send was paused, or all sending stopped: it goes when that is undone. */
async function wasRecalled(tx: Tx, message: StoredMessage, { status }: Report): Promise<boolean> {
  if (status !== 'canceled' || message.recalledAt === null) return false;
  const campaign = message.campaignId === null ? null : await tx.campaigns.byId(message.campaignId);
  return campaign?.state !== 'CANCELED';
}

async function returnToQueue(tx: Tx, { id }: StoredMessage, now: Date): Promise<void> {
  const back = { sid: null, twilioStatus: null, errorCode: null, notBefore: null, recalledAt: null };
  await tx.messages.move(id, ['SUBMITTED'], { state: 'QUEUED', ...back });
  await tx.queue.endReturned([id], now);
}

/** The window closed while Twilio still queued it, or Twilio had no room: it goes again, or ends here, as the sender chose. */
async function putBack(tx: Tx, { message, report, again }: Applied & { again: number }, now: Date): Promise<void> {
  const campaign = message.campaignId === null ? null : await tx.campaigns.byId(message.campaignId);
  const ended = again === 0 && campaign?.atClose === 'EXPIRE';
  // Handed over before a restore: it may have come back then already, and gone out again.
  const doubted = message.submittedAt !== null && (await tx.restored.doubts(message.submittedAt));
  await tx.messages.move(message.id, ['SENDING', 'UNCERTAIN', 'SUBMITTED', 'QUEUED'], {
    state: ended ? 'EXPIRED' : doubted ? 'UNCERTAIN' : 'QUEUED',
    doubtedSince: doubted ? message.submittedAt : null,
    sid: ended ? report.sid : null,
    twilioStatus: report.status,
    errorCode: report.errorCode,
    notBefore: new Date(now.getTime() + again * 60_000),
    settledAt: ended ? now : null,
  });
  if (report.attemptId !== null) {
    const { sid, errorCode } = report;
    await tx.messages.finishAttempt(report.attemptId, { at: now, outcome: 'given_back', sid, errorCode });
  }
  await tx.queue.endReturned([message.id], now);
}

async function heedError(
  tx: Tx,
  { message, code }: { message: StoredMessage; code: number },
  now: Date,
): Promise<void> {
  const { action } = explainError(code);
  if (action === 'mark number') await tx.patients.markBad(message.phone, code, now);
  if (action === 'opt out') {
    await tx.patients.optOut(message.phone, { at: now, via: `twilio ${code}` });
    await skipQueuedTo(tx, message.phone, now);
  }
}
