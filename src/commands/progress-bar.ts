import { createReadStream, statSync } from 'node:fs';
import { Presets, SingleBar } from 'cli-progress';

/** A bar on a terminal; nothing where the output goes into a file or a log. */
export class ProgressBar {
  private readonly bar: SingleBar | null;

  constructor(title: string, total: number) {
    if (!process.stderr.isTTY || total === 0) {
      this.bar = null;
      return;
    }
    const format = `${title} {bar} {percentage} %  {rows} rows  {eta_formatted} left`;
    this.bar = new SingleBar(
      { format, stream: process.stderr, hideCursor: true, etaBuffer: 50 },
      Presets.shades_classic,
    );
    this.bar.start(total, 0, { rows: 0 });
  }

  to(value: number, rows: number): void {
    this.bar?.update(value, { rows: rows.toLocaleString('en-US') });
  }

  stop(): void {
    this.bar?.stop();
  }
}

/** A file, and how much of it has been read. */
export class CountedFile {
  readonly size: number;
  read = 0;

  constructor(private readonly path: string) {
    this.size = statSync(path).size;
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of createReadStream(this.path) as AsyncIterable<Uint8Array>) {
      this.read += piece.length;
      yield piece;
    }
  }
}
