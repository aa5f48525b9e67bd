import type { Claimed } from '../../store/claimed';

/** How long what is claimed in one commit may take to go out, in ms: who is texted 1-to-1 waits no longer than that. */
const CLAIM_AHEAD_MS = 500;
/** So many at most: a claim of this size costs little more than one of ten, and a crash leaves no more to be settled. */
const MOST = 500;

/** How many messages one claim takes. @param rate segments a second; 0 = unlimited */
export const claimSize = (rate: number): number =>
  rate === 0 ? MOST : Math.max(1, Math.min(MOST, Math.floor((rate * CLAIM_AHEAD_MS) / 1_000)));

/**
 * What was claimed in one commit and goes out one after the other, as the pace and the free connections allow. That a
 * message is here says nothing about whether it may still go: that is asked when it is taken out.
 */
export class ClaimedAhead {
  private waiting: Claimed[] = [];

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  add(claimed: readonly Claimed[]): void {
    this.waiting.push(...claimed);
  }

  /** 1-to-1 texts go before what a campaign has claimed. */
  putFirst(claimed: readonly Claimed[]): void {
    this.waiting.unshift(...claimed);
  }

  /** The next ones: at most `count`, and of no more `segments` than these; but one in any case, or a text that is longer than every grant would never go. */
  take({ count, segments }: { count: number; segments: number }): Claimed[] {
    let sum = 0;
    const tooMany = this.waiting.findIndex(
      (text, index) => index >= count || ((sum += text.segments) > segments && index > 0),
    );
    return this.waiting.splice(0, tooMany === -1 ? this.waiting.length : Math.max(1, tooMany));
  }

  takeAll(): Claimed[] {
    return this.waiting.splice(0);
  }
}
