import type { Ports } from '../ports';
import { textPatientFromThread } from './text-patient';

/** Threads older than this are not read again at start, in ms. */
const LOOK_BACK_MS = 3 * 24 * 3_600_000;

/**
 * Staff answers that were posted while the app was down: found in the threads, and worked on like any other. Every message
 * that was worked on has its mark, so what was seen last does not matter: a later one may have overtaken it.
 */
export async function catchUpThreads(ports: Ports): Promise<void> {
  const since = new Date(ports.clock.now().getTime() - LOOK_BACK_MS);
  const oldest = String(since.getTime() / 1000);
  for (const { channel, threadTs } of await ports.store.conversations.recentThreads(since, 200)) {
    if (threadTs === null) continue;
    await catchUpThread(ports, { channel, threadTs }, Number(threadTs) > Number(oldest) ? threadTs : oldest);
  }
}

/** One thread. @param after a ts: what is no newer is left alone */
export async function catchUpThread(
  ports: Ports,
  thread: { readonly channel: string; readonly threadTs: string },
  after: string,
): Promise<void> {
  for (const message of await ports.room.threadMessages(thread, after)) await textPatientFromThread(ports, message);
}
