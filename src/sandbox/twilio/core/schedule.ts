/** Messages with a SendAt wait here, without a validity that runs, until the sandbox's clock gets there. */
import type { SandboxClock } from '../../clock';
import type { MessageRecord } from './record';

const LOOK_EVERY_MS = 250;

export class Schedule {
  private readonly waiting = new Set<MessageRecord>();
  private timer: NodeJS.Timeout | null = null;
  private readonly stopListening: () => void;

  constructor(
    private readonly clock: SandboxClock,
    private readonly release: (record: MessageRecord) => void,
  ) {
    this.stopListening = clock.onMove(() => this.look());
  }

  add(record: MessageRecord): void {
    this.waiting.add(record);
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  close(): void {
    this.stopListening();
    this.sleep();
  }

  private look(): void {
    const now = this.clock.now().getTime();
    for (const record of this.waiting) {
      if (record.status === 'scheduled' && (record.sendAt ?? 0) > now) continue;
      this.waiting.delete(record);
      if (record.status === 'scheduled') this.release(record);
    }
    if (this.waiting.size === 0) this.sleep();
  }

  private sleep(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }
}
