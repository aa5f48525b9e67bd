import { applyStatus, isEarlierStatus, type MessageState } from '../../domain/delivery-status';
import type { StoredReport, StatusOfMessage } from '../../store/reports';
import type { Tx } from '../../store/store';

/** What nearly every callback says; all others have consequences beyond the message itself. */
const PLAIN: ReadonlySet<string> = new Set(['accepted', 'queued', 'sending', 'sent', 'delivered']);

/**
 * Applies the reports that only move a campaign's message on, all in a few statements: a campaign of 250,000 brings
 * half a million of them. A SID of which anything else is said is left to apply-reports.ts, with all that is said of it.
 * @returns the reports that are left
 */
export async function applyPlainReports(tx: Tx, batch: readonly StoredReport[], now: Date): Promise<StoredReport[]> {
  const others = new Set(batch.filter((report) => !isPlain(report)).map(({ sid }) => sid));
  const plain = batch.filter(({ sid }) => !others.has(sid));
  const messages = new Map((await tx.reports.campaignMessages(plain.map(({ sid }) => sid))).map((m) => [m.sid, m]));
  const moved = new Map<string, StatusOfMessage>();
  for (const report of plain) {
    const before = moved.get(report.sid) ?? messages.get(report.sid);
    const after = before && moveOn(before, report.status);
    if (after) moved.set(report.sid, after);
  }
  if (moved.size > 0) await tx.reports.moveOn([...moved.values()], now);
  return batch.filter(({ sid }) => !messages.has(sid));
}

const isPlain = ({ status, errorCode }: StoredReport): boolean => errorCode === null && PLAIN.has(status);

/** @returns null when it says nothing new */
function moveOn(message: StatusOfMessage, status: string): StatusOfMessage | null {
  const { state } = applyStatus(message.state as MessageState, { status });
  if (state === message.state && isEarlierStatus(status, message.twilioStatus)) return null;
  return { ...message, state, twilioStatus: status };
}
