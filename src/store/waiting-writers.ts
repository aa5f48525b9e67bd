/**
 * How many statements of this process wait for another connection's write. Its threads share the count: who writes much in
 * one transaction ends it early when somebody waits.
 */
export class WaitingWriters {
  private readonly count: Int32Array;

  /** @param memory of the one who counts, in a thread that only looks */
  constructor(readonly memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.count = new Int32Array(memory);
  }

  begin(): void {
    Atomics.add(this.count, 0, 1);
  }

  end(): void {
    Atomics.sub(this.count, 0, 1);
  }

  get isSomebody(): boolean {
    return Atomics.load(this.count, 0) > 0;
  }
}

/** Of this process; a thread is given its memory. */
export const waitingWriters = new WaitingWriters();
