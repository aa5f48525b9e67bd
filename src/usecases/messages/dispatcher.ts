import { setTimeout as sleep } from 'node:timers/promises';
import { Pace } from '../../domain/pace';
import { WindowWatch } from '../../domain/window-watch';
import type { Claimed } from '../../store/queue';
import type { Ports } from '../ports';
import { Claimer } from './claim-slice';
import { handOver, type Result } from './hand-over';
import { recordResults } from './record-results';

/** Calls to Twilio under way at once. 225 a second at 80 ms need 18. */
const CONCURRENCY = 60;
/** Results are written together, at the latest after this many ms. */
const FLUSH_MS = 40;

export interface DispatcherDeps extends Ports {
  /** Whether this process may work: asked before every slice. */
  readonly mayWork: () => boolean;
}

/**
 * The pump. Ticks and wake-ups may overlap, double or be missed: there is one pump, and what it may send it reads from
 * the database each time. Promise 1 rests on three lines here: the claim with its attempts is committed, then Twilio is
 * called once, and whatever is not certain afterwards is left to settle-uncertain.ts.
 */
export class Dispatcher {
  private readonly windows: WindowWatch;
  private readonly claimer: Claimer;
  private readonly pace: Pace;
  private readonly underWay = new Set<Promise<void>>();
  private results: Result[] = [];
  private flushing: Promise<void> = Promise.resolve();
  private flushTimer: NodeJS.Timeout | undefined;
  private pumping: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  /** The most segments that one text of the last slices had: grants are in segments, claims in messages. */
  private longest = 1;
  /** Calls in a row whose outcome is unknown. */
  private unanswered = 0;

  constructor(private readonly deps: DispatcherDeps) {
    this.windows = new WindowWatch(deps.clinic.textingHours.current);
    this.claimer = new Claimer(deps, this.windows);
    this.pace = new Pace(deps.clinic.rate);
  }

  /** Starts the pump unless it runs; then it looks once more before it rests. */
  wake(): void {
    this.again = true;
    if (this.pumping || this.stopped) return;
    this.pumping = this.pump()
      .catch((err: unknown) => this.deps.log.error({ err }, 'dispatch failed; the next tick tries again'))
      .finally(() => (this.pumping = undefined));
  }

  /** Resolves when nothing is under way and every result is written. */
  async idle(): Promise<void> {
    while (this.pumping ?? this.underWay.size > 0) {
      await this.pumping;
      await Promise.all(this.underWay);
    }
    await this.flush();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.idle();
  }

  private async pump(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      while (!this.stopped && this.deps.mayWork() && (await this.step())) {
        // step by step until nothing is left to send now
      }
    }
  }

  /** @returns false when nothing can be sent now */
  private async step(): Promise<boolean> {
    const now = this.deps.clock.now();
    const grant = this.pace.grant(now.getTime());
    if (grant < 1) {
      await sleep(Math.min(this.pace.waitMs(now.getTime()), 1_000));
      return true;
    }
    if (this.underWay.size >= CONCURRENCY) {
      await Promise.race(this.underWay);
      return true;
    }
    const limit = Math.max(1, Math.min(Math.floor(grant / this.longest), CONCURRENCY - this.underWay.size));
    const slice = await this.claimer.next(now, limit);
    if (slice.length === 0) return false;
    this.longest = Math.max(1, ...slice.map(({ segments }) => segments));
    this.pace.spend(
      now.getTime(),
      slice.reduce((sum, { segments }) => sum + segments, 0),
    );
    await this.send(slice);
    return true;
  }

  private async send(slice: readonly Claimed[]): Promise<void> {
    const wanted = await this.deps.store.queue.stillWanted(slice.map(({ id }) => id));
    for (const claimed of slice) {
      const call = wanted.has(claimed.id) && this.deps.mayWork() ? this.handOver(claimed) : this.drop(claimed);
      const tracked: Promise<void> = call.finally(() => this.underWay.delete(tracked));
      this.underWay.add(tracked);
    }
  }

  private async handOver(claimed: Claimed): Promise<void> {
    const result = await handOver(this.deps, claimed, this.windows);
    this.heed(result.outcome);
    this.note(result);
  }

  /** Twilio in trouble gets less from us: what it may or may not have taken has to be settled one by one. */
  private heed(outcome: Result['outcome']): void {
    const now = this.deps.clock.now().getTime();
    this.unanswered = outcome.kind === 'unknown' ? this.unanswered + 1 : 0;
    if (outcome.kind === 'not_sent') this.pace.slowDown(now, outcome.retryAfterMs);
    if (this.unanswered > 3) this.pace.slowDown(now, Math.min(30_000, 250 * 2 ** this.unanswered));
  }

  private async drop(claimed: Claimed): Promise<void> {
    this.note({ claimed, outcome: { kind: 'unwanted' } });
    await Promise.resolve();
  }

  private note(result: Result): void {
    this.results.push(result);
    this.flushTimer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** One batch at a time, in order; `results` is swapped before anything is awaited, so that none is lost. */
  private flush(): Promise<void> {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    const batch = this.results;
    this.results = [];
    if (batch.length === 0) return this.flushing;
    this.flushing = this.flushing
      .then(() => recordResults(this.deps, batch))
      .catch((err: unknown) => {
        // The messages stay SENDING; without their results they are settled like after a crash.
        this.deps.log.error({ err, messages: batch.length }, 'results could not be written');
      });
    return this.flushing;
  }
}
