import { readRecords } from '../../../src/domain/patient-file/read';
import { findColumns } from '../../../src/domain/patient-file/ask-columns';
import { readRow } from '../../../src/domain/patient-file/row';
import { rejectedCsv } from '../../../src/usecases/patients/rejected-rows';

/** What becomes of a file of rejected rows that is dropped again: of each row its id, or why it is refused. */
async function droppedAgain(csv: string): Promise<unknown[]> {
  const results: unknown[] = [];
  let header: readonly string[] | undefined;
  const bytes = (async function* () {
    yield await Promise.resolve(Buffer.from(csv));
  })();
  for await (const { cells } of readRecords(bytes)) {
    if (header === undefined) {
      header = cells;
      continue;
    }
    const found = findColumns(header, { kind: 'PATIENT', chosen: null });
    if (!found.ok) return [found.questions];
    const row = readRow(cells, found.mapping);
    results.push(row.ok ? [row.patient.externalId, row.patient.fields] : row.reasons);
  }
  return results;
}

const header = (cells: readonly string[]): string => JSON.stringify({ cells });
const row = (line: number, cells: readonly string[]) => ({ line, reason: 'Why.', cells: JSON.stringify(cells) });

test('a row that a comma has torn apart is refused again, as long as nobody has mended it', async () => {
  const record = { header: header(['MRN', 'Cell', 'Name']), mapping: null };
  const rows = [row(3, ['1', '617-555-2001', 'Reyes', ' Jr']), row(4, ['2', '617-555-2002'])];
  const results = await droppedAgain(rejectedCsv(record, rows));
  expect(results).toEqual([[expect.stringContaining('more values than the header')], ['2', {}]]);
});

test('line and reason of an earlier round are replaced, and are no columns of the patient', async () => {
  const record = { header: header(['MRN', 'Cell', 'line', 'reason', 'Site']), mapping: null };
  const csv = rejectedCsv(record, [row(2, ['1', '617-555-2001', '7', 'Old.', 'North'])]);
  expect(csv).toBe('\uFEFF"MRN","Cell","Site","line","reason"\r\n"1","617-555-2001","North","2","Why."\r\n');
  expect(await droppedAgain(csv)).toEqual([['1', { site: 'North' }]]);
});

test('a file without a header gets one, by which it is known again', async () => {
  const mapping = JSON.stringify({ noHeader: true, columns: { phone: 1, externalId: 0, fullName: 2 } });
  const csv = rejectedCsv({ header: header(['9', '617-555-2009', 'Ana']), mapping }, [
    row(1, ['9', '617-555-2009', 'Ana']),
  ]);
  expect(csv).toContain('"Patient ID","Mobile","Full name","line","reason"');
  expect(await droppedAgain(csv)).toEqual([['9', {}]]);
});
