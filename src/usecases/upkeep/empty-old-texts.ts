import { wallClock } from '../../domain/time-zone';
import type { OldText } from '../../store/retention';
import type { Ports } from '../ports';

const CURSOR = 'retention';
const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 8;
/** So many failures in a row are Twilio's: the next night goes on. */
const MOST_FAILURES = 20;

export interface Emptied {
  readonly emptied: number;
  /** Twilio did not take the redaction: these keep their text here as well, so that they are tried again. */
  readonly failed: number;
}

/**
 * Texts older than `days` are redacted at Twilio, their media deleted, and then emptied here: in this order, so that whatever
 * dies in between, the next run finds what is left. Once a night.
 * @param days 0: texts stay
 * @returns null when it was not due
 */
export async function emptyOldTexts(ports: Ports, days: number, mayGoOn: () => boolean): Promise<Emptied | null> {
  const { store, clock, clinic, log } = ports;
  const now = clock.now();
  const night = wallClock(now, clinic.timeZone).isoDate;
  if (days === 0 || (await store.housekeeping.cursor(CURSOR)) === night) return null;
  const before = new Date(now.getTime() - days * DAY_MS);
  const tally = { emptied: 0, failed: 0 };
  for (let next: number | null = 0; next !== null && tally.failed < MOST_FAILURES;) {
    if (!mayGoOn()) return tally;
    const stretch: Awaited<ReturnType<typeof store.retention.old>> = await store.retention.old(before, next);
    next = stretch.next;
    for (let from = 0; from < stretch.texts.length; from += AT_ONCE) {
      const some = stretch.texts.slice(from, from + AT_ONCE);
      const redacted = (await Promise.all(some.map((text) => redact(ports, text)))).filter((text) => text !== null);
      if (redacted.length > 0) await store.retention.empty(redacted.map(({ id }) => id));
      tally.emptied += redacted.length;
      tally.failed += some.length - redacted.length;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await store.transaction(async (tx) => {
    await tx.housekeeping.moveCursor(CURSOR, night);
    const record = {
      at: now,
      actor: 'app',
      action: 'retention.empty',
      subject: 'messages',
      detail: { days, ...tally },
    };
    if (tally.emptied + tally.failed > 0) await tx.audit.append(record);
  });
  log.info({ ...tally, days }, 'old texts were emptied');
  return tally;
}

/** Null when Twilio could not be asked. */
async function redact({ sms, log }: Ports, text: OldText): Promise<OldText | null> {
  try {
    if (text.sid !== null) await sms.redact(text.sid);
    return text;
  } catch (err) {
    log.warn({ err, messageId: text.id }, 'a text could not be redacted at Twilio; it is tried again');
    return null;
  }
}
