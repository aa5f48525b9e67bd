import type { Unsettled } from '../../store/messages';
import type { Ports, SmsRecord } from '../ports';
import { applyReports } from './apply-reports';

/** A message whose callback has not come for this long is asked after, in ms … */
const SILENT_MS = 20_000;
/** … and again after this long … */
const ASK_AGAIN_MS = 60_000;
/** … but not for ever: some carriers never confirm. Twilio's queue holds nothing for longer than ten hours. */
const ASK_FOR_MS = 36 * 3_600_000;
/** Asked after in one round. */
const A_ROUND = 1_000;
/** So few are asked after one by one; of more Twilio's list is read. */
const FEW = 50;
/** The list is read this long before and behind what is looked for, in ms: Twilio dates a message when it leaves its queue. */
const AROUND_MS = 2 * 60_000;
const LONGEST_LIST = 5_000;

/** Asks Twilio after messages whose status callback never came. With polling this is the only way; otherwise the safe one. */
export async function sweepStatuses(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  const silence = {
    submittedAfter: ago(ASK_FOR_MS),
    submittedBefore: ago(SILENT_MS),
    checkedBefore: ago(ASK_AGAIN_MS),
  };
  const silent = await ports.store.messages.unsettled(silence, A_ROUND);
  if (silent.length === 0) return;
  const listed = silent.length > FEW ? await readList(ports, silent) : new Map<string, SmsRecord>();
  const unlisted = silent.filter(({ sid }) => !listed.has(sid));
  const records = [...listed.values(), ...(await askOneByOne(ports, unlisted.slice(0, FEW)))];
  await ports.store.messages.markChecked(
    silent.map(({ id }) => id),
    now,
  );
  if (records.length === 0) return;
  await ports.store.reports.add(
    records.map(({ sid, status, errorCode }) => ({ sid, attemptId: null, status, errorCode, receivedAt: now })),
  );
  await applyReports(ports);
}

async function askOneByOne({ sms }: Ports, messages: readonly Unsettled[]): Promise<SmsRecord[]> {
  const records: SmsRecord[] = [];
  for (const { sid } of messages) {
    const record = await sms.fetch(sid);
    if (record) records.push(record);
  }
  return records;
}

/** What Twilio lists of the time in which these were handed over: a thousand in one answer. */
async function readList({ sms }: Ports, messages: readonly Unsettled[]): Promise<Map<string, SmsRecord>> {
  const times = messages.map(({ submittedAt }) => submittedAt.getTime());
  const since = new Date(times.reduce((a, b) => Math.min(a, b)) - AROUND_MS);
  const before = new Date(times.reduce((a, b) => Math.max(a, b)) + AROUND_MS);
  const wanted = new Set(messages.map(({ sid }) => sid));
  const records = await sms.list({ since, before, limit: LONGEST_LIST });
  return new Map(records.filter(({ sid }) => wanted.has(sid)).map((record) => [record.sid, record]));
}
