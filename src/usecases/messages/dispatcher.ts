import { setTimeout as sleep } from 'node:timers/promises';
import { Pace } from '../../domain/pace';
import { explainError } from '../../domain/twilio-errors';
import { WindowWatch } from '../../domain/window-watch';
import type { Claimed } from '../../store/queue';
import type { Ports } from '../ports';
import { Claimer } from './claim-slice';
import { handOver, type Result } from './hand-over';
import { ResultWriter } from './result-writer';

/** Calls to Twilio under way at once. 225 a second at 80 ms need 18. */
const CONCURRENCY = 100;
/** A claim is a commit: it waits until there is room for so many, rather than be made for one. */
const LEAST_ROOM = 25;

/** Nothing goes out for so long when Twilio's queue is full, in ms. */
const QUEUE_FULL_PAUSE_MS = 5_000;

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
  private readonly results: ResultWriter;
  /** Messages that this process has claimed and not yet written the result of. */
  private readonly held = new Set<number>();
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
    this.results = new ResultWriter(deps, (batch) => {
      for (const { claimed } of batch) this.held.delete(claimed.id);
    });
  }

  /** What is SENDING and not among these is in nobody's hands. */
  get inHand(): readonly number[] {
    return [...this.held];
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
    await this.results.flush();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.idle();
    await this.results.end();
  }

  private async pump(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      while (await this.step()) {
        // step by step until nothing is left to send now
      }
    }
  }

  /** @returns false when nothing can be sent now */
  private async step(): Promise<boolean> {
    if (this.stopped || !this.deps.mayWork()) return false;
    const now = this.deps.clock.now();
    const grant = this.pace.grant(now.getTime());
    if (grant < 1) {
      await sleep(Math.min(this.pace.waitMs(now.getTime()), 1_000));
      return true;
    }
    if (this.underWay.size > CONCURRENCY - LEAST_ROOM) {
      await Promise.race(this.underWay);
      return true;
    }
    const limit = Math.max(1, Math.min(Math.floor(grant / this.longest), CONCURRENCY - this.underWay.size));
    const slice = await this.claimer.next(now, limit);
    if (slice.length === 0) return false;
    for (const { id } of slice) this.held.add(id);
    this.longest = Math.max(1, ...slice.map(({ segments }) => segments));
    const within = affordable(slice, grant);
    this.pace.spend(
      now.getTime(),
      within.reduce((sum, { segments }) => sum + segments, 0),
    );
    for (const claimed of slice.slice(within.length)) this.drop(claimed);
    await this.send(within);
    return true;
  }

  private async send(slice: readonly Claimed[]): Promise<void> {
    const wanted = await this.stillWanted(slice);
    for (const claimed of slice) {
      if (!wanted.has(claimed.id) || !this.deps.mayWork()) {
        this.drop(claimed);
        continue;
      }
      const tracked: Promise<void> = this.handOver(claimed).finally(() => this.underWay.delete(tracked));
      this.underWay.add(tracked);
    }
  }

  /** Without an answer from the database nobody is wanted: the claims go back, and the pump rests until it is woken. */
  private async stillWanted(slice: readonly Claimed[]): Promise<ReadonlySet<number>> {
    try {
      return await this.deps.store.queue.stillWanted(slice.map(({ id }) => id));
    } catch (error) {
      for (const claimed of slice) this.drop(claimed);
      throw error;
    }
  }

  private async handOver(claimed: Claimed): Promise<void> {
    const result = await handOver(this.deps, claimed, this.windows);
    this.heed(result.outcome);
    this.results.add(result);
  }

  /** Twilio in trouble gets less from us: what it may or may not have taken has to be settled one by one. */
  private heed(outcome: Result['outcome']): void {
    const now = this.deps.clock.now().getTime();
    this.unanswered = outcome.kind === 'unknown' ? this.unanswered + 1 : 0;
    if (outcome.kind === 'not_sent') this.pace.slowDown(now, outcome.retryAfterMs);
    if (outcome.kind === 'refused' && explainError(outcome.code).action === 'slow down')
      this.pace.slowDown(now, QUEUE_FULL_PAUSE_MS);
    if (this.unanswered > 3) this.pace.slowDown(now, Math.min(30_000, 250 * 2 ** this.unanswered));
  }

  private drop(claimed: Claimed): void {
    this.results.add({ claimed, outcome: { kind: 'unwanted' } });
  }
}

/** The first ones that fit into the grant; at least one, or a text longer than any grant would never go. */
function affordable(slice: readonly Claimed[], grant: number): readonly Claimed[] {
  let sum = 0;
  const tooMany = slice.findIndex(({ segments }, index) => (sum += segments) > grant && index > 0);
  return tooMany === -1 ? slice : slice.slice(0, tooMany);
}
