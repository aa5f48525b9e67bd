import type { Ports } from '../ports';

const CURSOR = 'twilio.inbound';
/** Twilio's list is read again this far back: its dates are whole seconds, and a message may be listed late. In ms. */
const OVERLAP_MS = 10 * 60_000;

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
