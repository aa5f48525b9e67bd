/** Hands things on after a delay, with one timer for all of them. */
import { Fifo } from './fifo';

interface Waiting<T> {
  readonly item: T;
  readonly due: number;
}

const TURN = 1000;

export class DelayLine<T> {
  /** One line for each delay ever used: within a line what came first is due first. */
  private readonly lines = new Map<number, Fifo<Waiting<T>>>();
  private timer: NodeJS.Timeout | null = null;
  private wakeAt = Infinity;

  constructor(private readonly arrive: (item: T) => void) {}

  push(item: T, delayMs: number): void {
    if (delayMs === 0) return this.arrive(item);
    const due = Date.now() + delayMs;
    const line = this.lines.get(delayMs) ?? new Fifo<Waiting<T>>();
    this.lines.set(delayMs, line);
    line.push({ item, due });
    this.wake(due);
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private wake(due: number): void {
    if (due >= this.wakeAt) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.wakeAt = due;
    this.timer = setTimeout(() => this.run(), Math.max(1, due - Date.now()));
  }

  private run(): void {
    this.timer = null;
    this.wakeAt = Infinity;
    const now = Date.now();
    for (const line of this.lines.values()) {
      let head = line.peek();
      for (let done = 0; head !== undefined && head.due <= now && done < TURN; done += 1) {
        line.shift();
        this.arrive(head.item);
        head = line.peek();
      }
      if (head !== undefined) this.wake(head.due);
    }
  }
}
