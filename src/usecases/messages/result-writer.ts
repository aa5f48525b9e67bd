import type { Ports } from '../ports';
import type { Result } from './hand-over';
import { recordResults } from './record-results';

/** Results are written together, at the latest after this many ms: each time is a commit, and the disk is waited for. */
const FLUSH_MS = 100;
/** After a failure (the disk is full, another process keeps the database) it is tried again after this many ms. */
const RETRY_MS = 1_000;

/**
 * Holds what became of the calls until it is on disk. A batch that cannot be written is kept and tried again, each
 * result by itself, so that one that can never be written does not take the others with it. What is still here when the
 * process ends is settled like after a crash.
 */
export class ResultWriter {
  private waiting: Result[] = [];
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ports: Ports,
    private readonly written: (batch: readonly Result[]) => void,
  ) {}

  add(result: Result): void {
    this.waiting.push(result);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** One batch at a time, in order; `waiting` is swapped before anything is awaited, so that none is lost. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length > 0) this.writing = this.writing.then(() => this.write(batch));
    return this.writing;
  }

  /** Nothing is tried again after this. */
  async end(): Promise<void> {
    await this.flush();
    clearTimeout(this.timer);
  }

  private async write(batch: readonly Result[]): Promise<void> {
    if (await this.tryTo(batch)) return;
    const failed: Result[] = [];
    for (const result of batch) if (batch.length === 1 || !(await this.tryTo([result]))) failed.push(result);
    this.waiting = [...failed, ...this.waiting];
    if (failed.length === 0) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), RETRY_MS);
  }

  private async tryTo(batch: readonly Result[]): Promise<boolean> {
    try {
      await recordResults(this.ports, batch);
    } catch (err) {
      this.ports.log.error({ err, messages: batch.length }, 'results could not be written; it is tried again');
      return false;
    }
    this.written(batch);
    return true;
  }
}
