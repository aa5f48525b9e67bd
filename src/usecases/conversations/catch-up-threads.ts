import type { Ports } from '../ports';
import { textPatientFromThread } from './text-patient';

/** Threads older than this are not read again at start, in ms. */
const LOOK_BACK_MS = 3 * 24 * 3_600_000;

/** Staff answers that were posted while the app was down: found in the threads, and worked on like any other. */
export async function catchUpThreads(ports: Ports): Promise<void> {
  const since = new Date(ports.clock.now().getTime() - LOOK_BACK_MS);
  for (const { channel, threadTs, seenTs } of await ports.store.conversations.recentThreads(since, 200)) {
    if (threadTs === null) continue;
    const messages = await ports.room.threadMessages({ channel, threadTs }, seenTs ?? threadTs);
    for (const message of messages) await textPatientFromThread(ports, message);
  }
}
