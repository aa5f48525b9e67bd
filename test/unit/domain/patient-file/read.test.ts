import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { AppError } from '../../../../src/domain/errors';
import type { FileRecord } from '../../../../src/domain/patient-file/file-record';
import { readRecords } from '../../../../src/domain/patient-file/read';
import { naughtyStrings } from '../../../support/naughty';

const collect = async (records: AsyncIterable<FileRecord>): Promise<FileRecord[]> => {
  const all: FileRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
};
async function* inPieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
const read = (content: string | Buffer, pieces?: number): Promise<FileRecord[]> =>
  collect(readRecords(inPieces(Buffer.from(content as string), pieces)));
const cellsOf = async (content: string | Buffer): Promise<(readonly string[])[]> =>
  (await read(content)).map(({ cells }) => cells);
const refusal = async (content: string | Buffer): Promise<AppError> => {
  const error: unknown = await read(content).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
};

const HEADER = 'MRN,First Name,Cell Phone\n';

describe('csv-spectrum', () => {
  const folder = dirname(require.resolve('csv-spectrum'));
  const names = readdirSync(join(folder, 'csvs')).map((file) => file.replace('.csv', ''));
  // Its own expectation for this one is of another file: one row that is no list, with another number and without blanks.
  const corrected: Record<string, Record<string, string>[]> = {
    location_coordinates: [
      {
        'Contact Phone Number': '2095257564',
        'Location Coordinates': `37\uFFFD36'37.8"N 121\uFFFD2'17.9"W`,
        Cities: 'Modesto',
        Counties: 'Stanislaus',
      },
    ],
  };
  test.each(names)('%s is read exactly, however the bytes are cut', async (name) => {
    const bytes = readFileSync(join(folder, 'csvs', `${name}.csv`));
    const expected = JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8')) as Record<string, string>[];
    for (const pieces of [1, 2, 3, 7, 65536]) {
      const [header, ...rows] = await read(bytes, pieces);
      const objects = rows.map(({ cells }) =>
        Object.fromEntries((header?.cells ?? []).map((key, column) => [key.trim(), cells[column] ?? ''])),
      );
      expect(objects).toEqual(corrected[name] ?? expected);
    }
  });
});

test('the big list of naughty strings comes through, cell for cell', async () => {
  const naughty = naughtyStrings.filter((text) => text.trim() !== '' && !text.includes('\0'));
  expect(naughty.length).toBeGreaterThan(450);
  const rows = naughty.map((text, index) => [String(index), text, '2065552311']);
  const csv = Papa.unparse([['MRN', 'First Name', 'Cell Phone'], ...rows], { newline: '\n' });
  expect((await cellsOf(csv)).slice(1)).toEqual(rows);
});

const NAMES = ['José', 'Núñez', 'Ana María', 'Müller', 'François', 'O’Brien', 'Zoë'];
const TEXT = HEADER + NAMES.map((name, index) => `${index},${name},2065552311`).join('\r\n');
const mark = (bytes: number[], body: Buffer): Buffer => Buffer.concat([Buffer.from(bytes), body]);

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with BOM', mark([0xef, 0xbb, 0xbf], Buffer.from(TEXT))],
  ['UTF-16 LE with BOM', mark([0xff, 0xfe], iconv.encode(TEXT, 'utf16le'))],
  ['UTF-16 LE without', iconv.encode(TEXT, 'utf16le')],
  ['UTF-16 BE with BOM', mark([0xfe, 0xff], iconv.encode(TEXT, 'utf16be'))],
  ['UTF-16 BE without', iconv.encode(TEXT, 'utf16be')],
  ['Windows-1252', iconv.encode(TEXT, 'win1252')],
])('%s is read with every accent, and the header without a mark', async (_name, bytes) => {
  for (const pieces of [1, 3, 65536]) {
    const [header, ...rows] = await read(bytes, pieces);
    expect(header?.cells).toEqual(['MRN', 'First Name', 'Cell Phone']);
    expect(rows.map(({ cells }) => cells[1])).toEqual(NAMES);
  }
});

test.each(['utf8', 'win1252'])('the first accent may stand behind the first 64 kB (%s)', async (encoding) => {
  const filler = Array.from({ length: 5000 }, (_, index) => `${index},Ann,2065552311\n`).join('');
  const rows = await cellsOf(iconv.encode(`${HEADER}${filler}x,José Núñez,2065552311\n`, encoding));
  expect(rows).toHaveLength(5002);
  expect(rows.at(-1)).toEqual(['x', 'José Núñez', '2065552311']);
});

test('a character that is cut in two by the 64 kB border is one character', async () => {
  for (const shift of [0, 1, 2]) {
    const padding = 'a'.repeat(64 * 1024 - HEADER.length - 2 - shift);
    expect((await cellsOf(`${HEADER}1,${padding}é€😀,2065552311\n`))[1]?.[1]).toBe(`${padding}é€😀`);
  }
});

test.each([',', ';', '\t', '|'])('the delimiter %j is found', async (delimiter) => {
  const lines = [
    ['MRN', 'Last, First; Name', 'Cell Phone'],
    ['1', 'a|b\tc', '2065552311'],
  ];
  const csv = Papa.unparse(lines, { delimiter });
  expect(await cellsOf(csv)).toEqual(lines);
  expect(await cellsOf(`sep=${delimiter}\r\n${csv}`)).toEqual(lines);
});

test('the delimiter of an unknown header is the one that makes a table', async () => {
  expect(await cellsOf('codigo;a,b;c\n1;x,y;3\n2;x;3\n')).toEqual([
    ['codigo', 'a,b', 'c'],
    ['1', 'x,y', '3'],
    ['2', 'x', '3'],
  ]);
  expect(await cellsOf('phone\n2065552311\n')).toEqual([['phone'], ['2065552311']]);
});

test('title lines above the header are passed over, and lines keep their true numbers', async () => {
  const file =
    'Evergreen Clinic, patient list\nPrinted 1/5/2026; page 1\n\n' +
    HEADER +
    '\n1,Ann,2065552311\n,,\n2,Bo,2065552312\n\n\n';
  expect((await read(file)).map(({ line, cells }) => [line, cells[0]])).toEqual([
    [4, 'MRN'],
    [6, '1'],
    [8, '2'],
  ]);
});

test('without a known header the first line that is not blank is the header', async () => {
  expect((await read('\n\nalpha,beta\n1,2\n')).map(({ line, cells }) => [line, ...cells])).toEqual([
    [3, 'alpha', 'beta'],
    [4, '1', '2'],
  ]);
});

test('a header that is known is not looked for below the tenth line', async () => {
  const titles = Array.from({ length: 10 }, (_, index) => `title ${index}\n`).join('');
  expect((await cellsOf(titles + HEADER))[0]).toEqual(['title 0']);
  expect((await cellsOf(titles.replace('title 9\n', '') + HEADER))[0]).toEqual(['MRN', 'First Name', 'Cell Phone']);
});

test.each(['\n', '\r\n', '\r'])('line end %j: quoted line ends stay in their cell and count as lines', async (end) => {
  const file = ['MRN,Cell Phone,Notes', `1,2065552311,"one${end}two${end}three"`, '2,2065552312,', ''].join(end);
  expect((await read(file)).map(({ line, cells }) => [line, ...cells])).toEqual([
    [1, 'MRN', 'Cell Phone', 'Notes'],
    [2, '1', '2065552311', `one${end}two${end}three`],
    [5, '2', '2065552312', ''],
  ]);
});

test('rows with too few and too many cells come as they are', async () => {
  expect(await cellsOf(`${HEADER}1\n2,Bo,2065552312,extra\n`)).toEqual([
    ['MRN', 'First Name', 'Cell Phone'],
    ['1'],
    ['2', 'Bo', '2065552312', 'extra'],
  ]);
});

test('a stray quotation mark is reported on the row that swallowed others, never silently', async () => {
  const rows = await read(`${HEADER}1,"Bo" Li,2065552311\n2,"Ann",2065552312\n3,Cy,2065552313\n`);
  expect(rows.map(({ line, problem }) => [line, problem !== undefined])).toEqual([
    [1, false],
    [2, true],
    [4, false],
  ]);
  const [, last] = await read(`${HEADER}1,"Bo,2065552311\n2,Ann,2065552312\n`);
  expect(last?.problem).toMatch(/quotation mark/);
});

test('a quotation mark that is never closed ends the reading with its line, before the file is held whole', async () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => `${index},Ann,2065552311\n`).join('');
  const error = await refusal(`${HEADER}1,Bo,2065552311\n2,"Cy,2065552312\n${rows}`);
  expect([error.code, error.userMessage]).toEqual([
    'FILE_HAS_UNCLOSED_QUOTE',
    expect.stringMatching(/^From line 3 on/),
  ]);
});

test.each([
  ['FILE_IS_BROKEN', Buffer.from('PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml…xl/workbook.xml', 'latin1')],
  ['FILE_IS_DOCX', Buffer.from('PK\x03\x04\x14\0\x06\0[Content_Types].xml word/document.xml', 'latin1')],
  ['FILE_IS_ZIP', Buffer.from('PK\x03\x04\x14\0\0\0patients.csv', 'latin1')],
  ['FILE_IS_XLS', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ['FILE_IS_PDF', Buffer.from('%PDF-1.7\n%âãÏÓ', 'latin1')],
  ['FILE_IS_RTF', Buffer.from('{\\rtf1\\ansi')],
  ['FILE_IS_HTML', Buffer.from('\r\n<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>')],
  ['FILE_IS_NOT_TEXT', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['FILE_IS_NOT_TEXT', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251))],
  ['FILE_IS_NOT_TEXT', Buffer.from('MRN,Cell Phone\n1,\0\n')],
  ['FILE_IS_EMPTY', Buffer.alloc(0)],
  ['FILE_IS_EMPTY', Buffer.from('\uFEFF\r\n , ,\r\n\r\n')],
])('%s is refused with what to do instead', async (code, bytes) => {
  const error = await refusal(bytes);
  expect(error.code).toBe(code);
  expect(error.userMessage).toMatch(code === 'FILE_IS_EMPTY' ? /empty/ : /CSV|Unzip/);
});

test('whatever is in the cells, writing and reading gives them back, however the bytes are cut', async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('"', 'a"b', 'x,y', 'one\ntwo', 'é', '😀', '', ' ', ';'),
  );
  const clean = cell.map((text) => text.replace(/[\0-\x08\x0E-\x1F\r]/g, ''));
  const rows = fc.array(fc.tuple(fc.stringMatching(/^\w{1,4}$/), clean, clean), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (data, pieces, quotes) => {
      const written = [['MRN', 'Cell Phone', 'Notes'], ...data];
      const read_ = await read(Papa.unparse(written, { quotes, newline: '\n' }), pieces);
      expect(read_.map(({ cells }) => cells)).toEqual(written);
      const starts = written.map(
        (_, index) => 1 + index + written.slice(0, index).flat().join('').split('\n').length - 1,
      );
      expect(read_.map(({ line }) => line)).toEqual(starts);
    }),
    { numRuns: 150 },
  );
});

test.each(['\n', '\r\n'])(
  'records that lie across the 64 kB borders are whole, on their true lines (line end %j)',
  async (end) => {
    const random = fc.sample(fc.integer({ min: 0, max: 60 }), { numRuns: 20_000, seed: 7 });
    const rows = random.map((size, index) => [
      String(index),
      `"${'é,'.repeat(size)}"${end}x`.slice(size % 4),
      '2065552311',
    ]);
    const records = await read(Papa.unparse([['MRN', 'First Name', 'Cell Phone'], ...rows], { newline: end }));
    expect(records.slice(1).map(({ cells }) => cells)).toEqual(rows);
    expect(records.filter(({ problem }) => problem)).toEqual([]);
    expect(records.at(-1)?.line).toBe(
      1 + rows.length + rows.slice(0, -1).filter(([, text]) => text?.includes('\n')).length,
    );
  },
);

test('while nobody asks for records, no more than a few pieces are read; a reader who stops closes the source', async () => {
  let given = 0;
  const rows = Buffer.from('1,Ann,2065552311\n'.repeat(4000));
  const source = Readable.from(
    (function* () {
      yield Buffer.from(HEADER);
      for (; given < 10_000; given += 1) yield rows;
    })(),
    { highWaterMark: 1 },
  );
  let seen = 0;
  for await (const record of readRecords(source)) {
    seen += record.cells.length > 0 ? 1 : 0;
    if (seen === 10_000) break;
  }
  expect(given).toBeLessThan(10);
  expect(source.destroyed).toBe(true);
});

test('what the source throws is thrown on', async () => {
  const broken = Readable.from(
    (function* () {
      yield Buffer.from(HEADER);
      throw new Error('the connection is gone');
    })(),
  );
  await expect(collect(readRecords(broken))).rejects.toThrow('the connection is gone');
});
