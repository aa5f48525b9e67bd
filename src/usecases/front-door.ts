import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** After so long with nobody at the door, in ms, it is calm: in a rush, whoever has an answer sends the next within some milliseconds. */
const CALM_MS = 20;
/** Work waits no longer than this for a calm moment, in ms: in the worst rush, too, an urgent reply has to be worked on. */
const PATIENCE_MS = 85;
const LOOK_MS = 2;

/** Time as it passes in the process, in ms; tests bring their own. */
export interface Stopwatch {
  now(): number;
  /** `0`: until the event loop has gone round. */
  pass(ms: number): Promise<unknown>;
}

const realTime: Stopwatch = {
  now: () => performance.now(),
  pass: (ms) => (ms === 0 ? turn() : sleep(ms)),
};

/**
 * Who waits for an answer now. Webhooks come first: Twilio gives up on us after some seconds, and what is stored can be
 * worked on later. Work that holds the event loop or the database asks here before each of its steps.
 */
export class FrontDoor {
  private waiting = 0;
  private lastLeft = -Infinity;

  constructor(private readonly time: Stopwatch = realTime) {}

  /** Counts the caller as waiting for as long as `work` takes. */
  async whileWaiting(work: () => Promise<void>): Promise<void> {
    this.waiting += 1;
    try {
      await work();
    } finally {
      this.waiting -= 1;
      this.lastLeft = this.time.now();
    }
  }

  /** Resolves at the next calm moment, or when patience ends. */
  async calm(): Promise<void> {
    const end = this.time.now() + PATIENCE_MS;
    // Who stands at the door is seen only when the event loop goes round.
    await this.time.pass(0);
    while (!this.isCalm() && this.time.now() < end) await this.time.pass(LOOK_MS);
  }

  private isCalm(): boolean {
    return this.waiting === 0 && this.time.now() - this.lastLeft >= CALM_MS;
  }
}
