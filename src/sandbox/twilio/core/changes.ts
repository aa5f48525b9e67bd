/** Tells open pages that something changed, at most five times a second however much changes. */
import { openSse } from '../../http';
import type { EventStream, Handler } from '../../http';

const AT_MOST_EVERY_MS = 200;

export class Changes {
  private readonly streams = new Set<EventStream>();
  private timer: NodeJS.Timeout | null = null;

  readonly open: Handler = (req, res) => {
    const stream = openSse(req, res);
    this.streams.add(stream);
    res.on('close', () => this.streams.delete(stream));
  };

  changed(): void {
    if (this.timer !== null || this.streams.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      for (const stream of this.streams) stream.send('changed', {});
    }, AT_MOST_EVERY_MS);
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    for (const stream of this.streams) stream.close();
  }
}
