import type { StatusUpdate } from '../../domain/arrivals';
import type { Ports } from '../ports';
import { applyReports } from './apply-reports';

const CURSOR = 'twilio.inbound';
/** Twilio's list is read again this far back: its dates are whole seconds, and a message may be listed late. In ms. */
const OVERLAP_MS = 10 * 60_000;
/** A message whose callback has not come for this long is asked after, in ms … */
const SILENT_MS = 20_000;
/** … and again after this long … */
const ASK_AGAIN_MS = 60_000;
/** … but not for ever: some carriers never confirm. Twilio's queue holds nothing for longer than ten hours. */
const ASK_FOR_MS = 36 * 3_600_000;

/**
 * What patients wrote while the app or its address was down: read from Twilio's list, and stored like a webhook's.
 * @returns how many were new
 */
export async function catchUpInbound(ports: Ports): Promise<number> {
  const now = ports.clock.now();
  const cursor = await ports.store.housekeeping.cursor(CURSOR);
  // A clock that was wrong once, and is put right, must not leave a cursor in the future: nothing would be read until then.
  const since = new Date(Math.min(cursor === null ? Infinity : Number(cursor), now.getTime()) - OVERLAP_MS);
  const records = await ports.sms.listInbound(since);
  const added = await ports.store.messages.addInbound(
    records
      .map(({ sid, from, text, createdAt }) => ({ sid, phone: from, text, media: [], at: createdAt, optOutType: null }))
      .sort((a, b) => a.at.getTime() - b.at.getTime()),
  );
  await ports.store.housekeeping.moveCursor(CURSOR, String(now.getTime()));
  if (added > 0) {
    ports.log.info({ messages: added }, 'replies were fetched from Twilio');
    ports.wake.inbound();
  }
  return added;
}

/** Asks Twilio after messages whose status callback never came. With polling this is the only way; otherwise the safe one. */
export async function sweepStatuses(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  const silent = await ports.store.messages.unsettled(
    { submittedAfter: ago(ASK_FOR_MS), submittedBefore: ago(SILENT_MS), checkedBefore: ago(ASK_AGAIN_MS) },
    50,
  );
  const reports: StatusUpdate[] = [];
  for (const { id, sid } of silent) {
    if (sid === null) continue;
    const record = await ports.sms.fetch(sid);
    await ports.store.messages.markChecked(id, now);
    if (record)
      reports.push({ sid, attemptId: null, status: record.status, errorCode: record.errorCode, receivedAt: now });
  }
  if (reports.length === 0) return;
  await ports.store.reports.add(reports);
  await applyReports(ports);
}
