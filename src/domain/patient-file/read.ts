import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { AppError } from '../errors';
import { encodingOf } from './encoding';
import { refuseForeignFile, refuseRubbish } from './file-kind';
import type { FileRecord } from './file-record';
import { isBlank, type Layout, layoutOf } from './layout';
import { isZip, readWorkbook } from './workbook';

const PIECE_BYTES = 64 * 1024;
/** A record longer than this is a quotation mark that nobody closed; reading on would hold the whole file. */
const MAX_RECORD_CHARS = 1024 * 1024;
const BAD_QUOTES =
  'A quotation mark in this row is not closed, or stands inside a value; it may have swallowed the rows below. Mend it and try again.';

/** Pieces of 64 kB (but the last): the first tells what the file is, and no piece is too large to hold. */
async function* evenPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const bytes of source) {
    rest = rest.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : Buffer.concat([rest, bytes]);
    while (rest.length >= PIECE_BYTES) {
      yield rest.subarray(0, PIECE_BYTES);
      rest = rest.subarray(PIECE_BYTES);
    }
  }
  if (rest.length > 0) yield rest;
}

/**
 * The text of a file. While all is ASCII the encoding stays open, as UTF-8 and Windows-1252 agree so far: the first accent may
 * stand a megabyte in.
 */
async function* decoded(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: ReturnType<typeof iconv.getDecoder> | undefined;
  let first = true;
  for await (const piece of pieces) {
    if (first) refuseForeignFile(piece);
    // UTF-16 is told by the first piece, and its own ASCII is none of ours.
    const undecided = !decoder && isAscii(piece) && (!first || encodingOf(piece) === 'utf8');
    first = false;
    if (!undecided) decoder ??= iconv.getDecoder(encodingOf(piece));
    yield decoder ? decoder.write(piece) : piece.toString('latin1');
  }
  if (first) refuseForeignFile(Buffer.alloc(0));
  const rest = decoder?.end();
  if (rest) yield rest;
}

/** Ten times faster than splitting, and asked of every cell. */
const count = (text: string, part: string): number => {
  let found = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found += 1;
  return found;
};

/** Takes complete records off the front of growing text, and knows the line of each. */
class RecordReader {
  private readonly parser: Papa.Parser;
  private rest = '';
  private line = 1;
  private seen = 0;

  constructor(private readonly layout: Layout) {
    this.parser = new Papa.Parser({ delimiter: layout.delimiter, newline: layout.newline });
  }

  /** @param last whether no more text follows: the last record needs no line end. */
  take(text: string, last: boolean): FileRecord[] {
    const input = this.rest + text;
    if (input === '') return [];
    const result = this.parser.parse(input, 0, !last) as Papa.ParseResult<string[]>;
    this.rest = last ? '' : input.slice(result.meta.cursor);
    if (this.rest.length > MAX_RECORD_CHARS) throw this.unclosedQuote(result.data);
    const broken = new Set(result.errors.map(({ row }) => row));
    const multiline = input.includes('"');
    const records: FileRecord[] = [];
    for (const [index, cells] of result.data.entries()) {
      const line = this.line;
      this.line += 1 + (multiline ? this.linesWithin(cells) : 0);
      this.seen += 1;
      if (this.seen <= this.layout.above || isBlank(cells)) continue;
      this.dropReturn(cells);
      records.push(broken.has(index) ? { line, cells, problem: BAD_QUOTES } : { line, cells });
    }
    return records;
  }

  private linesWithin(cells: readonly string[]): number {
    return cells.reduce((lines, cell) => lines + count(cell, this.layout.newline), 0);
  }

  /** With `\n` as line end, a line that ends in `\r\n` leaves its `\r` on the last cell. */
  private dropReturn(cells: string[]): void {
    const last = cells.length - 1;
    if (cells[last]?.endsWith('\r')) cells[last] = cells[last].slice(0, -1);
  }

  private unclosedQuote(complete: readonly (readonly string[])[]): AppError {
    const line = complete.reduce((sum, cells) => sum + 1 + this.linesWithin(cells), this.line);
    return new AppError('FILE_HAS_UNCLOSED_QUOTE', {
      message: `a record that begins on line ${line} is longer than ${MAX_RECORD_CHARS} characters`,
      userMessage: `From line ${line} on, everything is one value: a quotation mark there is not closed. Mend that line and try again.`,
    });
  }
}

/** What was taken off the front, put back. */
async function* withFirst(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/**
 * Reads an Excel workbook, or a CSV of any usual encoding, delimiter and line end. A CSV is read a piece at a time: while
 * nobody asks for records, nothing is read. Blank lines, and title lines above the header, are passed over; lines keep their
 * true numbers.
 *
 * @param source a file's bytes: any Readable, or an array of pieces made async.
 * @throws AppError `FILE_IS_…` for what is neither and for an empty file, `FILE_HAS_UNCLOSED_QUOTE`; what `source` throws.
 */
export async function* readRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<FileRecord> {
  for await (const records of readBatches(source)) yield* records;
}

/** As {@link readRecords}, in batches of what a piece of the file holds: waiting for each of a million rows costs more than reading them. */
export async function* readBatches(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly FileRecord[]> {
  const pieces = evenPieces(source);
  const first = await pieces.next();
  if (first.done === true) return refuseForeignFile(Buffer.alloc(0));
  const whole = withFirst(first.value, pieces);
  if (isZip(first.value)) yield await readWorkbook(whole);
  else yield* readText(whole);
}

async function* readText(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly FileRecord[]> {
  let reader: RecordReader | undefined;
  let found = false;
  for await (const text of decoded(pieces)) {
    if (!reader) refuseRubbish(text);
    reader ??= new RecordReader(layoutOf(text));
    const records = reader.take(text, false);
    found ||= records.length > 0;
    yield records;
  }
  const last = reader?.take('', true) ?? [];
  yield last;
  if (!found && last.length === 0) refuseForeignFile(Buffer.alloc(0));
}
