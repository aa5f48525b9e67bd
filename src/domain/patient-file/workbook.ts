import { AppError } from '../errors';
import { looksLikeHeader } from './columns';
import type { FileRecord } from './file-record';
import { isBlank } from './layout';

/** Larger ones would be unpacked into memory whole; a CSV of the same list is read in any size. */
const MAX_PACKED_BYTES = 20 * 1024 * 1024;
const MAX_UNPACKED_BYTES = 80 * 1024 * 1024;
/** As in a CSV: the header is one of the first ten rows that are not blank. */
const HEADER_WITHIN = 10;

const SAVE_AS_CSV = 'In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”, and drop that file.';

const refuse = (code: string, userMessage: string): AppError =>
  new AppError(code, { message: `a patient file was refused: ${code}`, userMessage });

/** Also what is said of a workbook that took more memory than its size promised. */
export const TOO_LARGE = refuse('FILE_IS_TOO_LARGE', `This workbook is too large to be read as it is. ${SAVE_AS_CSV}`);

/** What else is a zip file, known by a name within. */
const OTHERS: readonly (readonly [name: RegExp, code: string, userMessage: string])[] = [
  [
    /^word\//,
    'FILE_IS_DOCX',
    'This is a Word document. Copy its table to a spreadsheet and save that as .xlsx or CSV UTF-8.',
  ],
  [
    /^ppt\//,
    'FILE_IS_PPTX',
    'This is a presentation. Copy its table to a spreadsheet and save that as .xlsx or CSV UTF-8.',
  ],
  [
    /^(?:content\.xml$|Index\/)/,
    'FILE_IS_ODS',
    'This is a spreadsheet of LibreOffice or Apple Numbers. Save it as .xlsx or CSV UTF-8, and drop that file.',
  ],
];

/** A zip file, of which a workbook is one kind. */
export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04;

interface Entry {
  readonly name: string;
  readonly size: number;
}

/** Of a zip that was cut off, what stands in it in plain letters. */
const namesWithin = (zip: Buffer): Entry[] =>
  ['xl/workbook.', 'word/', 'ppt/'].filter((name) => zip.includes(name)).map((name) => ({ name, size: 0 }));

/** What a zip file says that it holds: its central directory (APPNOTE 4.3.12). */
const entriesOf = (zip: Buffer): Entry[] => {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > zip.length) return namesWithin(zip);
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  while (at + 46 <= zip.length && zip.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    entries.push({ name, size: zip.readUInt32LE(at + 24) });
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
};

const gathered = async (pieces: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > MAX_PACKED_BYTES) throw TOO_LARGE;
    all.push(piece);
  }
  return Buffer.concat(all);
};

const refuseOthers = (entries: readonly Entry[]): void => {
  if (entries.some(({ name }) => name.startsWith('xl/workbook.'))) return;
  for (const [beginning, code, userMessage] of OTHERS)
    if (entries.some(({ name }) => beginning.test(name))) throw refuse(code, userMessage);
  throw refuse('FILE_IS_ZIP', 'This is a zipped file. Unzip it, and drop the list of patients that is in it.');
};

/** A cell as the clinic sees it, but for its format: a number as its digits, a day as 2026-01-05. */
const textOf = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date)
    return cell
      .toISOString()
      .replace(/T00:00:00\.000Z$/, '')
      .replace(/\.000Z$/, '');
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
};

const firstSheet = async (workbook: Buffer): Promise<string[][]> => {
  try {
    // Only who brings a workbook waits for its reader to be loaded.
    const { readSheet } = await import('read-excel-file/node');
    const rows: readonly (readonly unknown[])[] = await readSheet(workbook, 1, { parseNumber: Number });
    return rows.map((row) => row.map(textOf));
  } catch {
    throw refuse('FILE_IS_BROKEN', `This workbook cannot be read: it may be damaged. ${SAVE_AS_CSV}`);
  }
};

/**
 * Reads the first sheet of an Excel workbook (.xlsx), with its row numbers as lines. Rows above the header are passed over.
 *
 * @throws AppError FILE_IS_DOCX, FILE_IS_ODS, FILE_IS_ZIP … for what else is a zip file, FILE_IS_TOO_LARGE, FILE_IS_BROKEN,
 *   FILE_IS_EMPTY.
 */
export async function readWorkbook(pieces: AsyncIterable<Buffer>): Promise<readonly FileRecord[]> {
  const workbook = await gathered(pieces);
  const entries = entriesOf(workbook);
  refuseOthers(entries);
  if (entries.reduce((sum, { size }) => sum + size, 0) > MAX_UNPACKED_BYTES) throw TOO_LARGE;
  const rows = (await firstSheet(workbook)).map((cells, index) => ({ line: index + 1, cells }));
  const written = rows.filter(({ cells }) => !isBlank(cells));
  const header = written.slice(0, HEADER_WITHIN).findIndex(({ cells }) => looksLikeHeader(cells));
  if (written.length === 0) throw refuse('FILE_IS_EMPTY', 'The first sheet of this workbook is empty.');
  return written.slice(Math.max(0, header)).map(({ line, cells }) => ({ line, cells: withoutBlankEnd(cells) }));
}

/** Cells that were touched once and are empty again are no values too many. */
const withoutBlankEnd = (cells: readonly string[]): readonly string[] =>
  cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
