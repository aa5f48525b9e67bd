/** A small random generator with a seed, so that a round that failed can be run again. */
export class Random {
  constructor(private state: number) {}

  /** 0 ≤ x < 1 (mulberry32) */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

/** `FAULT_ROUNDS=20 FAULT_RECIPIENTS=2000 npx jest test/faults` is the long run; `FAULT_SEED` repeats one. */
export const faultPlan = {
  rounds: number('FAULT_ROUNDS', 4),
  recipients: number('FAULT_RECIPIENTS', 150),
  isLong: process.env.FAULT_ROUNDS !== undefined,
  /** One that is always the same, and one that never is. */
  seeds: process.env.FAULT_SEED === undefined ? [1, Date.now() % 1_000_000] : [Number(process.env.FAULT_SEED)],
};
