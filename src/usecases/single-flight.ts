import type { Log } from '../log';

/**
 * Work that any number of wakers may ask for, and that runs once at a time: asked while it runs, it runs once more. A
 * failure is logged and the next waker tries again.
 */
export class SingleFlight {
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly log: Log,
    private readonly work: () => Promise<void>,
  ) {}

  wake(): void {
    this.again = true;
    if (this.running || this.stopped) return;
    this.running = this.run().finally(() => (this.running = undefined));
  }

  /** Nothing more begins; resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        await this.work();
      } catch (err) {
        this.log.error({ err, work: this.name }, 'work failed; it is tried again');
      }
    }
  }
}
