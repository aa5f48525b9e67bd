import { AppError } from '../../../../src/domain/errors';
import type { FileRecord } from '../../../../src/domain/patient-file/file-record';
import { readRecords } from '../../../../src/domain/patient-file/read';

type Cell = {
  readonly value: string | number | boolean | Date;
  readonly type?: unknown;
  readonly format?: string;
} | null;

const workbook = async (sheets: readonly { readonly sheet: string; readonly data: Cell[][] }[]): Promise<Buffer> => {
  const { default: write } = await import('write-excel-file/node');
  return write(sheets as Parameters<typeof write>[0]).toBuffer();
};

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const read = async (bytes: Buffer, size = 1000): Promise<FileRecord[]> => {
  const all: FileRecord[] = [];
  for await (const record of readRecords(inPieces(bytes, size))) all.push(record);
  return all;
};

const text = (value: string): Cell => ({ value, type: String });
const number = (value: number): Cell => ({ value, type: Number });

test('the first sheet is read: rows above the header and blank ones are passed over, lines are those of Excel', async () => {
  const bytes = await workbook([
    {
      sheet: 'Patients',
      data: [
        [text('Evergreen Clinic, patient list')],
        [],
        [text('MRN'), text('First Name'), text('Cell Phone'), text('ZIP'), text('Next visit'), text('OK to text')],
        [
          number(41001),
          text('Zoë, "Z"'),
          number(2065552311),
          number(2139),
          { value: new Date('2026-01-05T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
          { value: true, type: Boolean },
        ],
        [],
        [text('0041002'), text('  José\nLuis '), text('+1 (206) 555-2312'), null, null, null],
      ],
    },
    {
      sheet: 'Other',
      data: [
        [text('MRN'), text('Cell Phone')],
        [text('9'), text('2065552399')],
      ],
    },
  ]);
  for (const size of [7, 100_000]) {
    expect(await read(bytes, size)).toEqual([
      { line: 3, cells: ['MRN', 'First Name', 'Cell Phone', 'ZIP', 'Next visit', 'OK to text'] },
      { line: 4, cells: ['41001', 'Zoë, "Z"', '2065552311', '2139', '2026-01-05', 'true'] },
      { line: 6, cells: ['0041002', expect.stringMatching(/José\nLuis/), '+1 (206) 555-2312'] },
    ]);
  }
});

test('numbers keep all their digits', async () => {
  const bytes = await workbook([
    {
      sheet: 'A',
      data: [
        [text('MRN'), text('Cell Phone')],
        [number(123456789012), number(12065552311)],
      ],
    },
  ]);
  expect((await read(bytes))[1]?.cells).toEqual(['123456789012', '12065552311']);
});

test('an empty or a damaged workbook is refused, and one that would not fit into memory', async () => {
  const code = (bytes: Buffer): Promise<unknown> =>
    read(bytes).catch((error: unknown) => (error instanceof AppError ? error.code : error));
  const bytes = await workbook([{ sheet: 'A', data: [[text('MRN'), text('Cell Phone')]] }]);
  expect(await code(await workbook([{ sheet: 'A', data: [[]] }]))).toBe('FILE_IS_EMPTY');
  const damaged = Buffer.from(bytes);
  damaged.fill(0x41, 60, Math.floor(bytes.length / 2));
  expect(await code(damaged)).toBe('FILE_IS_BROKEN');
  const bomb = Buffer.from(bytes);
  const entry = bomb.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  bomb.writeUInt32LE(0xf0000000, entry + 24);
  expect(await code(bomb)).toBe('FILE_IS_TOO_LARGE');
  const large = Buffer.concat([bytes.subarray(0, 4), Buffer.alloc(21 * 1024 * 1024)]);
  expect(await code(large)).toBe('FILE_IS_TOO_LARGE');
});
