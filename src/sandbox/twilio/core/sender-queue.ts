/** What waits behind one sender. Drains at a pace of real time; validity ends by the sandbox's clock. */
import { Fifo } from './fifo';
import { expiresAt } from './record';
import type { MessageRecord } from './record';

export interface QueueRules {
  /** Segments a second; 0: at once. */
  readonly rate: () => number;
  /** The sandbox's clock. */
  readonly now: () => number;
  readonly release: (record: MessageRecord) => void;
  readonly expire: (record: MessageRecord) => void;
}

/** Timers are late by some milliseconds; what they owe is caught up, but never more than this. */
const SLACK_MS = 50;
/** After so many in one turn others get theirs. */
const TURN = 500;
const LONGEST_SLEEP_MS = 1000;
const SWEEP_AT_MOST_EVERY_MS = 1000;

export class SenderQueue {
  segments = 0;
  private readonly waiting = new Fifo<MessageRecord>();
  private freeAt = 0;
  private nextExpiry = Infinity;
  private sweptAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private soon: NodeJS.Immediate | null = null;
  private closed = false;

  constructor(private readonly rules: QueueRules) {}

  push(record: MessageRecord): void {
    this.waiting.push(record);
    this.segments += record.numSegments;
    this.nextExpiry = Math.min(this.nextExpiry, expiresAt(record));
    if (this.timer === null) this.drainSoon();
  }

  /** Throws away what has waited too long, and forgets what was canceled. Costs a look at everything: not for every message. */
  sweep(): void {
    const now = this.rules.now();
    this.sweptAt = Date.now();
    const expired: MessageRecord[] = [];
    this.nextExpiry = Infinity;
    this.waiting.keep((record) => {
      const gone = record.status !== 'queued' || expiresAt(record) <= now;
      if (!gone) this.nextExpiry = Math.min(this.nextExpiry, expiresAt(record));
      else this.segments -= record.numSegments;
      if (gone && record.status === 'queued') expired.push(record);
      return !gone;
    });
    for (const record of expired) this.rules.expire(record);
  }

  /** The pace has changed: what was reckoned with the old one no longer holds. */
  repace(): void {
    this.freeAt = 0;
    if (this.waiting.size > 0) this.drainSoon();
  }

  close(): void {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.soon !== null) clearImmediate(this.soon);
  }

  private drainSoon(): void {
    this.soon ??= setImmediate(() => {
      this.soon = null;
      this.drain();
    });
  }

  private drain(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const sweepAgain = Date.now() >= this.sweptAt + SWEEP_AT_MOST_EVERY_MS;
    if (sweepAgain && this.rules.now() >= this.nextExpiry) this.sweep();
    for (let done = 0; this.waiting.size > 0 && !this.closed; done += 1) {
      if (done >= TURN) return this.drainSoon();
      const wait = this.takeOne();
      if (wait > 0) {
        this.timer = setTimeout(() => this.drain(), Math.min(Math.ceil(wait), LONGEST_SLEEP_MS));
        return;
      }
    }
  }

  /** Lets the first message go, or says how many milliseconds it still has to wait for its turn. */
  private takeOne(): number {
    const head = this.waiting.peek();
    if (head === undefined) return 0;
    if (head.status === 'queued') {
      if (expiresAt(head) <= this.rules.now()) {
        this.leave(head);
        this.rules.expire(head);
        return 0;
      }
      const wait = this.waitFor(head);
      if (wait > 0) return wait;
    }
    this.leave(head);
    if (head.status === 'queued') this.rules.release(head);
    return 0;
  }

  private waitFor(head: MessageRecord): number {
    const rate = this.rules.rate();
    if (rate === 0) return 0;
    const real = Date.now();
    if (this.freeAt > real) return this.freeAt - real;
    this.freeAt = Math.max(this.freeAt, real - SLACK_MS) + (head.numSegments * 1000) / rate;
    return 0;
  }

  private leave(record: MessageRecord): void {
    this.waiting.shift();
    this.segments -= record.numSegments;
  }
}
