/** Counts, for those who watch many messages and want none of them in particular. */
import type { World } from '../world';

export interface Summary {
  readonly messages: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly queuedSegments: number;
  /** Messages that still have status callbacks to send. */
  readonly callbacksWaiting: number;
  readonly callbacksSent: number;
}

export const summarize = (world: World): Summary => {
  const byStatus: Record<string, number> = {};
  let messages = 0;
  for (const record of world.messages.candidates(undefined, undefined)) {
    if (record.deleted) continue;
    messages += 1;
    byStatus[record.status] = (byStatus[record.status] ?? 0) + 1;
  }
  return {
    messages,
    byStatus,
    queuedSegments: world.carrier.waitingSegments(world.options.credentials.from),
    callbacksWaiting: world.callbacks.waiting,
    callbacksSent: world.callbacks.sent,
  };
};
