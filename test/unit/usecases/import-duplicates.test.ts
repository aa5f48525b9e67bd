import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { AppError } from '../../../src/domain/errors';
import { placeOf } from '../../../src/store/database';
import { openStore, type Store } from '../../../src/store/store';
import { previewFile } from '../../../src/usecases/patients/engine/preview-file';
import { phoneOf } from '../../support/patient-rows';

const folder = mkdtempSync(join(tmpdir(), 'carethread-duplicates-'));
const url = `file:${join(folder, 'clinic.db')}`;
let store: Store;
let importId = 0;
beforeAll(async () => {
  ({ store } = openStore(url));
  const record = { fileName: 'law.csv', fileId: null, channel: null, threadTs: null, requestedBy: 'U1' };
  importId = (await store.imports.begin({ ...record, key: 'law', createdAt: new Date(0) })) ?? 0;
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Row {
  readonly id: string;
  readonly phone: string;
}

/** What the preview says of a file with these rows, and which lines it leaves out as duplicates. */
const preview = async (rows: readonly Row[]) => {
  const csv = ['Patient ID,Mobile,First name', ...rows.map(({ id, phone }) => `${id},${phone},Pat`)].join('\n');
  const job = { importId, kind: 'PATIENT', replaceGroups: false, chosen: null, groups: [] } as const;
  const source = (async function* () {
    yield await Promise.resolve(Buffer.from(csv));
  })();
  const clinic = { country: 'US', timeZone: 'America/New_York' };
  const result = await previewFile(placeOf(url), { ...job, clinic }, { source, progress: () => undefined });
  if (result.state !== 'READY') throw new AppError('NOT_READ', { message: result.state, userMessage: '' });
  const left = await store.imports.rowsAt(importId, await store.imports.rejectedLines(importId, rows.length));
  return { summary: result.summary, left: left.map(({ line, reason }) => ({ line, reason })) };
};

/** The same by looking at every row: the slow way that cannot be wrong. */
const bySight = (rows: readonly Row[]) => {
  const firstLine = new Map<string, number>();
  const left: { line: number; reason: string }[] = [];
  const byPhone = new Map<string, number>();
  rows.forEach(({ id, phone }, nth) => {
    const line = nth + 2;
    const first = firstLine.get(id);
    if (first !== undefined)
      return left.push({ line, reason: `This patient id is on line ${first} already; the first row counts.` });
    firstLine.set(id, line);
    return byPhone.set(phone, (byPhone.get(phone) ?? 0) + 1);
  });
  return { left, patients: firstLine.size, shared: [...byPhone.values()].filter((count) => count > 1).length };
};

test('exactly the ids that are in a file twice are left out, and exactly the shared numbers are counted', async () => {
  // Few different ones, so that they meet; and words with which no two of a hash's bits are alike.
  const id = fc.oneof(
    fc.integer({ min: 1, max: 30 }).map((n) => `P${n}`),
    fc
      .string({ unit: fc.constantFrom('a', 'B', 'é', '7', '水'), minLength: 1, maxLength: 6 })
      .map((word) => `x${word}`),
  );
  const row = fc.record({ id, phone: fc.integer({ min: 1, max: 40 }).map(phoneOf) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 80 }), async (rows) => {
      const { summary, left } = await preview(rows);
      const expected = bySight(rows);
      expect(left).toEqual(expected.left);
      expect(summary.new).toBe(expected.patients);
      expect(summary.duplicate).toBe(expected.left.length);
      expect(summary.sharedNumbers).toBe(expected.shared);
    }),
    { numRuns: 60 },
  );
});

test('also across the pieces in which a longer file is compared and written', async () => {
  const rows = Array.from({ length: 2_600 }, (_, nth) => ({ id: `P${nth % 2_450}`, phone: phoneOf(1 + (nth % 900)) }));
  const { summary, left } = await preview(rows);
  const expected = bySight(rows);
  expect(left).toEqual(expected.left);
  expect([summary.new, summary.duplicate, summary.sharedNumbers]).toEqual([2_450, 150, expected.shared]);
});
