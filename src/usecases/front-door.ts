import { setTimeout as sleep } from 'node:timers/promises';

/** After so long with nobody at the door, in ms, it is calm: in a rush, whoever has an answer sends the next within some milliseconds. */
const CALM_MS = 20;
/** Work waits no longer than this for a calm moment, in ms: in the worst rush, too, an urgent reply has to be worked on. */
const PATIENCE_MS = 85;
const LOOK_MS = 2;

/**
 * Who waits for an answer now. Webhooks come first: Twilio gives up on us after some seconds, and what is stored can be
 * worked on later. Work that holds the event loop or the database asks here before each of its steps.
 */
export class FrontDoor {
  private waiting = 0;
  private lastLeft = -Infinity;

  /** Counts the caller as waiting for as long as `work` takes. */
  async whileWaiting(work: () => Promise<void>): Promise<void> {
    this.waiting += 1;
    try {
      await work();
    } finally {
      this.waiting -= 1;
      this.lastLeft = performance.now();
    }
  }

  /** Resolves at the next calm moment, or when patience ends. */
  async calm(): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!this.isCalm() && performance.now() < end) await sleep(LOOK_MS);
  }

  private isCalm(): boolean {
    return this.waiting === 0 && performance.now() - this.lastLeft >= CALM_MS;
  }
}
