import fc from 'fast-check';
import Papa from 'papaparse';
import { mapColumns } from '../../../../src/domain/patient-file/columns';
import { writeCsv } from '../../../../src/domain/patient-file/csv';
import { readRow } from '../../../../src/domain/patient-file/row';
import { naughtyStrings } from '../../../support/naughty';

const cellsOf = (csv: string): string[][] =>
  Papa.parse<string[]>(csv.replace(/^\uFEFF/, ''), { delimiter: ',', skipEmptyLines: true }).data;
const written = (cell: string): string | undefined => cellsOf(writeCsv([[cell, 'x']]))[0]?.[0];

test('a file for Excel: byte order mark, CRLF, quotation marks doubled, line ends kept', () => {
  expect(
    writeCsv([
      ['a', 'b "c"'],
      ['d,e', 'f\ng'],
    ]),
  ).toBe('\uFEFF"a","b ""c"""\r\n"d,e","f\ng"\r\n');
  expect(writeCsv([['a']], { bom: false })).toBe('"a"\r\n');
  expect(writeCsv([], { bom: false })).toBe('');
});

test.each([
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '=HYPERLINK("http://x")',
  '＝1+1',
  ' =1',
  '\n=1',
  '-5',
  '+44 7400 123456',
])('%j becomes text', (cell) => {
  expect(written(cell)).toBe(`'${cell}`);
});

test.each([
  ['+12065552311', '12065552311'],
  ['+1 (206) 555-2311', '1 (206) 555-2311'],
  ['--', '--'],
  ['206-555-2311', '206-555-2311'],
  ['a=b', 'a=b'],
  ['', ''],
])('%j stays readable as %j', (cell, expected) => {
  expect(written(cell)).toBe(expected);
});

const naughty = naughtyStrings;

test('of the big list of naughty strings, and of any string, no cell begins as a formula', () => {
  const safe = (cell: string): void => expect(written(cell) ?? '').not.toMatch(/^\s*[=+@]|^[\t\r]|^\s*-(?!-?$)/);
  naughty.forEach(safe);
  fc.assert(
    fc.property(fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' ', ''), fc.string()), ([first, rest]) =>
      safe(first + rest),
    ),
  );
});

test('no cell escapes into a cell of its own where a spreadsheet divides at semicolons or tabs', () => {
  for (const delimiter of [';', '\t'])
    for (const cell of Papa.parse<string[]>(writeCsv([['a;=1+1', 'b\t=1+1']], { bom: false }), {
      delimiter,
    }).data.flat())
      expect(cell).not.toMatch(/^=/);
});

test('a rejected row that is mended and dropped again reads as the row did', () => {
  const columns = mapColumns(['MRN', 'First', 'Cell', 'Clinic Site']);
  if (!columns.ok) throw new Error('the header is plain');
  const rows = ['=A1', '+x', '-7', '@home', ' =5', 'plain'].map((text) => [`${text}id`, text, '+1 206-555-2311', text]);
  const reread = cellsOf(writeCsv(rows)).map((cells) => readRow(cells, columns.mapping));
  expect(reread).toEqual(rows.map((cells) => readRow(cells, columns.mapping)));
  expect(reread.every(({ ok }) => ok)).toBe(true);
});
