import type { Ports } from '../ports';

const A_ROUND = 20;
/** So many failures in a row are Twilio's. */
const MOST_FAILURES = 3;

/** Twilio forgets the texts of who was erased. What it cannot forget yet, since it is still on its way, is asked again. */
export async function redactErased({ store, sms, clock, log }: Ports): Promise<void> {
  let failures = 0;
  for (const { sid } of await store.erasures.redactionsDue(A_ROUND)) {
    try {
      await sms.redact(sid);
      await store.erasures.redacted(sid);
      failures = 0;
    } catch (err) {
      log.warn({ err }, 'a text of an erased patient could not be redacted at Twilio; it is tried again');
      await store.erasures.redactLater(sid, clock.now());
      failures += 1;
      if (failures >= MOST_FAILURES) return;
    }
  }
}
