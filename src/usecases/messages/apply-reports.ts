import { applyStatus, type MessageState } from '../../domain/delivery-status';
import { explainError } from '../../domain/twilio-errors';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { messageChanged } from './message-changed';

type Report = Awaited<ReturnType<Ports['store']['reports']['unapplied']>>[number];

/** Applies the status callbacks that were stored, in order of arrival; a status never goes backwards. */
export async function applyReports(ports: Ports): Promise<void> {
  for (;;) {
    const batch = await ports.store.reports.unapplied(200);
    if (batch.length === 0) return;
    const now = ports.clock.now();
    await ports.store.transaction(async (tx) => {
      for (const report of batch) await apply(tx, report, now);
      await tx.reports.markApplied(
        batch.map(({ id }) => id),
        now,
      );
    });
    ports.wake.posts();
    // A loop of awaits on SQLite lets no timer fire: webhooks and Slack's 3 s come first.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The message that a report is about: by SID, or by the attempt whose answer never came. */
async function messageOf(tx: Tx, report: Report): Promise<StoredMessage | null> {
  const bySid = await tx.messages.bySid(report.sid);
  if (bySid ?? report.attemptId === null) return bySid;
  const attempt = await tx.messages.attempt(report.attemptId ?? '');
  if (!attempt) return null;
  // The attempt's SID is known, and no message has it any more: the message was queued again, and this is an old story.
  if (attempt.sid !== null || attempt.outcome === 'refused') return null;
  const message = await tx.messages.byId(attempt.messageId);
  return message?.sid === null ? message : null;
}

async function apply(tx: Tx, report: Report, now: Date): Promise<void> {
  const message = await messageOf(tx, report);
  if (!message) return;
  const outcome = applyStatus(message.state as MessageState, report);
  if (message.sid === null) await adopt(tx, { message, report }, now);
  if (outcome.requeue) await requeueExpired(tx, { message, report }, now);
  else if (outcome.changed || message.twilioStatus !== report.status)
    await moveOn(tx, { message, report, state: outcome.state }, now);
  if (report.errorCode !== null) await heedError(tx, { message, code: report.errorCode }, now);
  else if (outcome.state === 'DELIVERED') await tx.patients.markGood(message.phone);
  await messageChanged(tx, message.id, now);
}

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
  const late = state === message.state && isEarlier(report.status, message.twilioStatus);
  if (late) return;
  await tx.messages.move(message.id, BEFORE, {
    state,
    twilioStatus: report.status,
    errorCode: report.errorCode,
    ...(settled ? { settledAt: now } : {}),
  });
}

const ORDER = ['accepted', 'scheduled', 'queued', 'sending', 'sent', 'undelivered', 'failed', 'delivered', 'read'];
const isEarlier = (status: string, than: string | null): boolean =>
  than !== null && ORDER.indexOf(status) <= ORDER.indexOf(than);

/** The window closed while Twilio still queued it: it goes on next morning, or ends here, as the sender chose. */
async function requeueExpired(tx: Tx, { message, report }: Applied, now: Date): Promise<void> {
  const campaign = message.campaignId === null ? null : await tx.campaigns.byId(message.campaignId);
  const ended = campaign !== null && (campaign.atClose === 'EXPIRE' || campaign.state === 'CANCELED');
  await tx.messages.move(message.id, ['SENDING', 'UNCERTAIN', 'SUBMITTED'], {
    state: ended ? 'EXPIRED' : 'QUEUED',
    sid: ended ? report.sid : null,
    twilioStatus: report.status,
    errorCode: report.errorCode,
    settledAt: ended ? now : null,
  });
  if (report.attemptId !== null) {
    await tx.messages.finishAttempt(report.attemptId, {
      at: now,
      outcome: 'expired',
      sid: report.sid,
      errorCode: report.errorCode,
    });
  }
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
    await tx.queue.skipQueuedTo(message.phone, now);
  }
}
