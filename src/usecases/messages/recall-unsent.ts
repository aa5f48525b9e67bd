import type { StoredMessage } from '../../store/messages';
import { sendingStopped } from '../campaigns/stop-all';
import type { Ports } from '../ports';

/** The longest that Twilio may keep a text in its queue, in ms. */
const LONGEST_QUEUE_MS = 10 * 3_600_000;
/** How many are asked for in one go, and at once. */
const BATCH = 200;
const AT_ONCE = 10;

/**
 * What was handed to Twilio and not yet sent is canceled there too, when its send was canceled or paused, or all sending
 * is stopped. Twilio's word decides: only what it confirms as canceled counts as not sent. Unless the send was canceled,
 * such texts go back into the queue; see apply-reports.ts.
 */
export async function recallUnsent(ports: Ports): Promise<void> {
  const since = new Date(ports.clock.now().getTime() - LONGEST_QUEUE_MS);
  const stopped = await sendingStopped(ports.store);
  const canceled = await ports.store.campaigns.endedSince(since, ['CANCELED']);
  const campaigns = [...canceled, ...(await ports.store.campaigns.inState(['PAUSED']))];
  if (campaigns.length === 0 && stopped === null) return;
  for (;;) {
    const campaignIds = stopped === null ? campaigns.map(({ id }) => id) : null;
    const batch = await ports.store.messages.recallable({ campaignIds, submittedAfter: since }, BATCH);
    for (let i = 0; i < batch.length; i += AT_ONCE) {
      const answers = await Promise.all(batch.slice(i, i + AT_ONCE).map((message) => recall(ports, message)));
      // Twilio does not answer: the next tick tries again.
      if (answers.includes(false)) return;
    }
    ports.wake.inbound();
    if (batch.length < BATCH) return;
  }
}

/** Written down before Twilio is asked, so that its callback finds that it was us who asked. @returns whether it answered */
async function recall({ store, sms, clock, log }: Ports, { id, sid }: StoredMessage): Promise<boolean> {
  if (sid === null) return true;
  const at = clock.now();
  await store.messages.markRecalled(id, at);
  try {
    const status = await sms.cancel(sid);
    if (status === 'canceled') {
      await store.reports.add([{ sid, attemptId: null, status, errorCode: null, receivedAt: at }]);
    }
    return true;
  } catch (err) {
    log.warn({ err, messageId: id }, 'a text could not be called back; it is tried again');
    await store.messages.markRecalled(id, null);
    return false;
  }
}
