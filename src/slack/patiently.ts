import { setTimeout as sleep } from 'node:timers/promises';
import { outcomeOf } from './outcomes';

const MOST_TRIES = 20;
const LONGEST_WAIT_MS = 60_000;

/** Reads while Slack says "not so fast": reading again does no harm, and catching up must come to its end. */
export async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.kind !== 'busy' || tries >= MOST_TRIES) throw error;
      await sleep(Math.min(outcome.retryAfterMs, LONGEST_WAIT_MS));
    }
  }
}

/** Null where Slack says that there is no such thread or channel for us, or that we may not read it. */
export async function ifReadable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await patiently(read);
  } catch (error) {
    if (outcomeOf(error).kind === 'refused') return null;
    throw error;
  }
}

/** Between two tries, in ms. Longer than this nobody should wait for a word. */
const STUMBLES_MS = [500, 1_000, 2_000, 4_000];

/** Reads again while Slack stumbles; what it refuses is refused at once. */
export async function persistently<T>(read: () => Promise<T>): Promise<T> {
  for (const wait of STUMBLES_MS) {
    try {
      return await read();
    } catch (error) {
      if (outcomeOf(error).kind === 'refused') throw error;
      await sleep(wait);
    }
  }
  return read();
}
