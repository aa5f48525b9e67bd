import type { StoredMessage } from '../../store/messages';
import type { Ports } from '../ports';
import { nextTexts } from './next-texts';
import { processReply } from './process-reply';

/** Texts in one transaction, in ms of work: a commit costs a disk flush, and whoever comes in meanwhile waits as long. */
const SLICE_MS = 15;
/** After so long, in ms, it is looked again who is next: in a rush a round takes seconds, and somebody may be in danger. */
const ROUND_MS = 1_000;

/**
 * What follows from a patient's text once it is on disk, in the order of arrival. A text's work is done wholly or not at
 * all, and one that fails is tried again without holding up other phones.
 */
export async function processInbound(ports: Ports): Promise<void> {
  for (;;) {
    await ports.door.calm();
    const batch = await nextTexts(ports, ports.clinic.conversations.current().emergencyWords);
    const isWell = await workOn(ports, batch);
    ports.wake.posts();
    ports.wake.dispatch();
    if (batch.length === 0 || !isWell) return;
  }
}

/** @returns whether none failed */
async function workOn(ports: Ports, batch: readonly StoredMessage[]): Promise<boolean> {
  const end = performance.now() + ROUND_MS;
  for (let done = 0; done < batch.length && performance.now() < end;) {
    await ports.door.calm();
    const slice = await workOnSome(ports, batch.slice(done));
    if (slice === null) return oneByOne(ports, batch.slice(done));
    done += slice;
  }
  return true;
}

/** As many as go into one slice, and at least one. @returns how many; null when one failed, and none is done */
async function workOnSome(ports: Ports, batch: readonly StoredMessage[]): Promise<number | null> {
  const end = performance.now() + SLICE_MS;
  try {
    return await ports.store.transaction(async (tx) => {
      let done = 0;
      for (const message of batch) {
        if (done > 0 && performance.now() >= end) break;
        await processReply(ports, tx, message);
        done += 1;
      }
      return done;
    });
  } catch {
    return null; // Which one it was, oneByOne finds out and logs.
  }
}

/** In order per phone: behind a text that failed, the same phone's next one waits. @returns whether none failed */
async function oneByOne(ports: Ports, batch: readonly StoredMessage[]): Promise<boolean> {
  const failed = new Set<string>();
  for (const message of batch) {
    if (failed.has(message.phone)) continue;
    await ports.door.calm();
    try {
      await ports.store.transaction((tx) => processReply(ports, tx, message));
    } catch (err) {
      failed.add(message.phone);
      ports.log.error({ err, messageId: message.id }, 'a reply could not be worked on; it is tried again');
    }
  }
  return failed.size === 0;
}
