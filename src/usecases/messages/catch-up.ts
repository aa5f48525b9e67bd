import type { Ports } from '../ports';

const CURSOR = 'twilio.inbound';
/** Twilio's list is read again this far back: its dates are whole seconds, and a message may be listed late. In ms. */
const OVERLAP_MS = 10 * 60_000;

/** What a webhook brings, it brings sooner than this, in ms. */
const LATE_MS = 60_000;

/**
 * What patients wrote while the app or its address was down: read from Twilio's list, and stored like a webhook's.
 * @param onMissed told how many of them no webhook had brought in the time that it takes
 * @returns how many were new
 */
export async function catchUpInbound(ports: Ports, onMissed?: (count: number) => void): Promise<number> {
  const now = ports.clock.now();
  const cursor = await ports.store.housekeeping.cursor(CURSOR);
  // A clock that was wrong once, and is put right, must not leave a cursor in the future: nothing would be read until then.
  const since = new Date(Math.min(cursor === null ? Infinity : Number(cursor), now.getTime()) - OVERLAP_MS);
  const records = await ports.sms.listInbound(since);
  // Newest first as Twilio lists them: turned round, those of one second stay in the order in which they came.
  const texts = records
    .map(({ sid, from, text, createdAt, mediaCount }) => ({
      sid,
      phone: from,
      text,
      // The list does not say where they are; Twilio is asked when they are fetched.
      media: Array.from({ length: mediaCount }, () => ''),
      at: createdAt,
      optOutType: null,
    }))
    .reverse()
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const isLate = ({ at }: { at: Date }): boolean => now.getTime() - at.getTime() > LATE_MS;
  const late = await ports.store.messages.addInbound(texts.filter(isLate));
  const added = late + (await ports.store.messages.addInbound(texts.filter((text) => !isLate(text))));
  if (late > 0) onMissed?.(late);
  await ports.store.housekeeping.moveCursor(CURSOR, String(now.getTime()));
  if (added > 0) {
    ports.log.info({ messages: added }, 'replies were fetched from Twilio');
    ports.wake.inbound();
  }
  return added;
}
