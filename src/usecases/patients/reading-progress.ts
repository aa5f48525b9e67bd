import { AppError } from '../../domain/errors';
import type { Ports } from '../ports';

/** A card is brought up to date no more often than this, in ms. */
const BETWEEN_MS = 1_000;

/** Which reading of which import. */
export interface Reading {
  readonly importId: number;
  readonly reading: number;
}

/** Tells how far a file is read, on its card, and stops reading what nobody waits for any more. */
export class ReadingProgress {
  private bytesRead = 0;
  private toldAt = Date.now();

  /** @param size of the file in bytes, if it is known */
  constructor(
    private readonly ports: Pick<Ports, 'store' | 'wake'>,
    private readonly which: Reading,
    private readonly size: number | null,
  ) {}

  /** The same bytes, counted. */
  async *counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      this.bytesRead += piece.length;
      yield piece;
    }
  }

  /** @throws AppError READING_ABANDONED when the import was canceled, or is being read anew */
  async tell(rowsRead: number): Promise<void> {
    if (Date.now() - this.toldAt < BETWEEN_MS) return;
    this.toldAt = Date.now();
    const percentRead = this.size ? Math.min(99, Math.floor((this.bytesRead / this.size) * 100)) : null;
    const { importId } = this.which;
    const isWanted = await this.ports.store.imports.progress(this.which, { rowsRead, percentRead });
    if (!isWanted) throw new AppError(READING_ABANDONED, { message: `import ${importId}`, userMessage: '' });
    await this.ports.store.posts.touch(`import:${importId}`);
    this.ports.wake.posts();
  }
}

export const READING_ABANDONED = 'READING_ABANDONED';
