import { setTimeout as sleep } from 'node:timers/promises';
import { Pace } from '../../domain/pace';
import { explainError } from '../../domain/twilio-errors';
import { WindowWatch } from '../../domain/window-watch';
import type { Claimed } from '../../store/claimed';
import type { Ports } from '../ports';
import { Claimer } from './claim-slice';
import { ClaimedAhead, claimSize } from './claimed-ahead';
import { handOver, type Result } from './hand-over';
import { ResultWriter } from './result-writer';

/**
 * Calls to Twilio under way or waiting for a connection; there are 100 of those, and none is idle while a claim is committed.
 * 225 a second at 80 ms need 18.
 */
const CONCURRENCY = 175;
/** A look whether texts are still wanted costs a query: it waits until there is room for so many calls. */
const LEAST_ROOM = 50;
/** When nothing may go for longer than this, what is claimed goes back, in ms. */
const LONGEST_HOLD_MS = 1_000;

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
  private readonly ahead = new ClaimedAhead();
  /** Messages that this process has claimed and not yet written the result of. */
  private readonly held = new Set<number>();
  private onRoom: () => void = () => undefined;
  private pumping: Promise<void> | undefined;
  private again = false;
  private stopped = false;
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
    if (this.stopped || !this.deps.mayWork()) return this.giveBack();
    const now = this.deps.clock.now();
    const segments = this.pace.grant(now.getTime());
    if (segments < 1) {
      const wait = this.pace.waitMs(now.getTime());
      if (wait > LONGEST_HOLD_MS) this.giveBack();
      await sleep(Math.min(wait, LONGEST_HOLD_MS));
      return true;
    }
    if (this.underWay.size > CONCURRENCY - LEAST_ROOM) {
      await this.room();
      return true;
    }
    if (!(await this.claim(now))) return false;
    const slice = this.ahead.take({ count: CONCURRENCY - this.underWay.size, segments });
    await this.send(slice);
    return true;
  }

  /** Resolves when enough calls have ended. Not Promise.race: that looks at every call under way each time one ends. */
  private room(): Promise<void> {
    return new Promise((resolve) => (this.onRoom = resolve));
  }

  /** Sees to it that something is claimed. @returns false when there is nothing to claim */
  private async claim(now: Date): Promise<boolean> {
    const most = claimSize(this.deps.clinic.rate);
    if (this.ahead.isEmpty) this.ahead.add(this.hold(await this.claimer.next(now, most)));
    else if (this.again) {
      // Somebody has queued a text since the last claim: if it is for one patient, it overtakes the campaign's.
      this.again = false;
      this.ahead.putFirst(this.hold(await this.claimer.ofConversations(now, most)));
    }
    return !this.ahead.isEmpty;
  }

  private hold(claimed: readonly Claimed[]): readonly Claimed[] {
    for (const { id } of claimed) this.held.add(id);
    return claimed;
  }

  /** What is claimed and will not go soon is anybody's again. */
  private giveBack(): false {
    for (const claimed of this.ahead.takeAll()) this.drop(claimed);
    return false;
  }

  private async send(slice: readonly Claimed[]): Promise<void> {
    const wanted = await this.stillWanted(slice);
    // Counted at the moment of the calls, not of the grant: the claim's commit lies between, and takes longer at times.
    const segments = slice.reduce((sum, text) => sum + (wanted.has(text.id) ? text.segments : 0), 0);
    this.pace.spend(this.deps.clock.now().getTime(), segments);
    for (const claimed of slice) {
      if (!wanted.has(claimed.id) || !this.deps.mayWork()) {
        this.drop(claimed);
        continue;
      }
      const tracked: Promise<void> = this.handOver(claimed).finally(() => {
        this.underWay.delete(tracked);
        if (this.underWay.size <= CONCURRENCY - LEAST_ROOM) this.onRoom();
      });
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
