/** Part of the allowed rate that is used: what jitter on the way to Twilio may add is left free. */
const USED = 0.995;
/** How long it takes to come back to full speed after Twilio asked for less, in ms. */
const RECOVERY_MS = 60_000;
const SECOND = 1_000;

/**
 * How many segments may go to Twilio at this moment. Debt is paid back: a long text that took more than was granted
 * makes the next ones wait. Two rules hold together: credit grows with time (so that texts are spread over the second),
 * and no second ever holds more than the rate.
 *
 * Times are milliseconds of any clock. One that is put back takes everything remembered along, or nothing would go until
 * it had caught up.
 */
export class Pace {
  private credit = 1;
  private countedAt: number | undefined;
  private lastSeen: number | undefined;
  private factor = 1;
  private heldUntil = 0;
  /** What was spent within the last second, oldest first. */
  private readonly spent: { at: number; segments: number }[] = [];

  /** @param rate segments a second; 0 = unlimited */
  constructor(private readonly rate: number) {}

  /** At most this much credit gathers: one segment, and what a tenth of a second brings. Who wakes late loses nothing. */
  private get burst(): number {
    return 1 + this.rate / 10;
  }

  /** Whole segments that may go now. */
  grant(now: number): number {
    this.followBack(now);
    if (now < this.heldUntil) return 0;
    if (this.rate === 0) return Number.MAX_SAFE_INTEGER;
    this.count(now);
    return Math.max(0, Math.min(Math.floor(this.credit + 1e-9), Math.ceil(this.rate) - this.inLastSecond(now)));
  }

  spend(now: number, segments: number): void {
    if (this.rate === 0) return;
    this.count(now);
    this.credit -= segments;
    this.spent.push({ at: now, segments });
  }

  /** Milliseconds until something may go again; at least 1. */
  waitMs(now: number): number {
    this.followBack(now);
    if (now < this.heldUntil) return this.heldUntil - now;
    if (this.rate === 0) return 1;
    this.count(now);
    const byCredit = ((1 - this.credit) / (this.rate * USED * this.factor)) * SECOND;
    const oldest = this.spent[0];
    const bySecond = oldest && this.inLastSecond(now) >= Math.ceil(this.rate) ? oldest.at + SECOND - now : 0;
    return Math.max(1, Math.ceil(byCredit), Math.ceil(bySecond));
  }

  /** Twilio asked for less (429, queue overflow): half the speed, nothing for `pauseMs`; it recovers within a minute. */
  slowDown(now: number, pauseMs: number): void {
    this.factor = Math.max(0.05, this.factor / 2);
    this.heldUntil = Math.max(this.heldUntil, now + pauseMs);
  }

  private followBack(now: number): void {
    const back = (this.lastSeen ?? now) - now;
    this.lastSeen = now;
    if (back <= 0) return;
    this.heldUntil -= back;
    if (this.countedAt !== undefined) this.countedAt -= back;
    for (const entry of this.spent) entry.at -= back;
  }

  private count(now: number): void {
    const elapsed = Math.max(0, now - (this.countedAt ?? now));
    this.countedAt = now;
    this.factor = Math.min(1, this.factor + elapsed / RECOVERY_MS);
    this.credit = Math.min(this.burst, this.credit + (elapsed / SECOND) * this.rate * USED * this.factor);
  }

  private inLastSecond(now: number): number {
    while (this.spent[0] && this.spent[0].at <= now - SECOND) this.spent.shift();
    return this.spent.reduce((sum, { segments }) => sum + segments, 0);
  }
}
