import type { StoredMessage } from '../../store/messages';
import { sendingStopped } from '../campaigns/stop-all';
import type { Ports } from '../ports';

/** The longest that Twilio may keep a text in its queue, in ms. */
const LONGEST_QUEUE_MS = 10 * 3_600_000;
const LONGEST_REST_MS = 5_000;
/** How many are asked for in one go, and at once. */
const BATCH = 200;
const AT_ONCE = 10;

/**
 * What was handed to Twilio and not yet sent is canceled there too, when its send was canceled or paused, or all sending
 * is stopped. Twilio's word decides: only what it confirms as canceled counts as not sent. Unless the send was canceled,
 * such texts go back into the queue; see apply-reports.ts.
 *
 * One batch, so that nothing else waits long, and so that Resume is heeded before the next.
 * @returns whether there may be more
 */
export async function recallUnsent(ports: Ports): Promise<boolean> {
  const since = new Date(ports.clock.now().getTime() - LONGEST_QUEUE_MS);
  const stopped = await sendingStopped(ports.store);
  const canceled = await ports.store.campaigns.endedSince(since, ['CANCELED']);
  const campaigns = [...canceled, ...(await ports.store.campaigns.inState(['PAUSED']))];
  if (campaigns.length === 0 && stopped === null) return false;
  const campaignIds = stopped === null ? campaigns.map(({ id }) => id) : null;
  const batch = await ports.store.messages.recallable({ campaignIds, submittedAfter: since }, BATCH);
  for (let i = 0; i < batch.length; i += AT_ONCE) {
    const answers = await Promise.all(batch.slice(i, i + AT_ONCE).map((message) => recall(ports, message)));
    // Twilio does not answer: the next tick tries again.
    if (answers.includes(false)) return true;
  }
  if (batch.length > 0) ports.wake.inbound();
  return batch.length === BATCH;
}

/** Looking takes longer the more is at Twilio: when there was nothing, so many times as long it is left alone. */
const REST = 20;

/** Recalls as long as there is something to recall, and rests where there is not. */
export class Recaller {
  /** By this process's own clock. */
  private restsUntil = 0;

  constructor(private readonly ports: Ports) {}

  async tend(): Promise<void> {
    const begun = performance.now();
    if (begun < this.restsUntil) return;
    if (await recallUnsent(this.ports)) return;
    const now = performance.now();
    this.restsUntil = now + Math.min(LONGEST_REST_MS, REST * (now - begun));
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
