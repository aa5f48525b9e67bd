import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { ImportSummary } from '../../../src/domain/cards/import-card';
import { writeCsv } from '../../../src/domain/patient-file/csv';
import { cleanText } from '../../../src/domain/patient-file/text';
import { placeOf } from '../../../src/store/database';
import { ImportApplying } from '../../../src/store/import-applying';
import { openStore, type Store } from '../../../src/store/store';
import { applyImport } from '../../../src/usecases/patients/engine/apply-import';
import { previewFile } from '../../../src/usecases/patients/engine/preview-file';
import { undoImport } from '../../../src/usecases/patients/engine/undo-import';
import { naughtyStrings } from '../../support/naughty';
import { phoneOf } from '../../support/patient-rows';

const folder = mkdtempSync(join(tmpdir(), 'carethread-laws-'));
const path = join(folder, 'clinic.db');
const place = placeOf(`file:${path}`);
let store: Store;
let books: Database.Database;
beforeAll(() => {
  ({ store } = openStore(`file:${path}`));
  books = new Database(path);
});
afterAll(async () => {
  books.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const nothing = (): void => undefined;
let clock = Date.UTC(2026, 10, 24);
let files = 0;

interface PatientFile {
  readonly rows: readonly (readonly string[])[];
  readonly replaceGroups?: boolean;
}

const HEADER = ['Patient ID', 'Mobile', 'First name', 'Last name', 'ZIP', 'Language', 'Groups', 'Site'];

interface Read {
  readonly importId: number;
  readonly summary: ImportSummary;
}

/** What the card would say of a file. */
async function read({ rows, replaceGroups = false }: PatientFile): Promise<Read> {
  files += 1;
  const record = { fileName: 'law.csv', fileId: null, channel: null, threadTs: null, requestedBy: 'U1' };
  const importId = (await store.imports.begin({ ...record, key: `law:${files}`, createdAt: new Date(clock) })) ?? 0;
  const source = (async function* () {
    yield await Promise.resolve(Buffer.from(writeCsv([HEADER, ...rows])));
  })();
  const clinic = { country: 'US', timeZone: 'America/New_York' };
  const job = { importId, kind: 'PATIENT', replaceGroups, chosen: null, groups: [], clinic } as const;
  const result = await previewFile(place, job, { source, progress: nothing });
  if (result.state !== 'READY') throw new Error(result.state);
  return { importId, summary: result.summary };
}

/** Read, and confirmed. */
async function imported(file: PatientFile): Promise<Read & { readonly at: Date }> {
  const found = await read(file);
  const readAt = new Date(clock);
  clock += 1_000;
  const at = new Date(clock);
  expect(
    await applyImport(
      place,
      { importId: found.importId, at, readAt, rows: found.summary.new + found.summary.changed },
      { progress: nothing, isAwaited: () => false },
    ),
  ).toBe('APPLIED');
  return { ...found, at };
}

/** By id, all that the books hold of a patient. */
const patients = (): Map<string, unknown> => {
  const sql = `SELECT p.externalId, p.kind, p.firstName, p.lastName, p.phone, p.language, p.zip, p.zones, p.zonesFrom, p.fields,
    (SELECT json_group_array(g.name ORDER BY g.name) FROM GroupMember m JOIN "Group" g ON g.id = m.groupId
     WHERE m.patientId = p.id) AS groups FROM Patient p ORDER BY p.externalId`;
  return new Map((books.prepare(sql).all() as { externalId: string }[]).map((row) => [row.externalId, row]));
};

const cell = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom('', ...values);
const row = fc.tuple(
  fc.constantFrom('A', 'B', 'C', 'D', 'E'),
  fc.integer({ min: 1, max: 6 }).map(phoneOf),
  cell('Ana', 'Ben', '--'),
  cell('Reyes', 'Okafor', '--'),
  cell('02118', '60623', '96813', '--'),
  cell('Spanish', 'en', '--'),
  cell('Seniors', 'seniors; Flu', 'Flu', '2nd dose;Flu', '--'),
  cell('North', 'South', '--'),
);
const file = fc.record({ rows: fc.array(row, { maxLength: 7 }), replaceGroups: fc.boolean() });

test('however the writing is cut into steps, the books hold the same; who waits waits for one slice', async () => {
  const step = fc.record({
    rows: fc.integer({ min: 1, max: 3 }),
    most: fc.integer({ min: 1, max: 3 }),
    waits: fc.boolean(),
  });
  const steps = fc.infiniteStream(step);
  const emptied = 'DELETE FROM GroupMember; DELETE FROM Patient; DELETE FROM "Group"; DELETE FROM Import';
  await fc.assert(
    fc.asyncProperty(file, file, steps, async (first, second, cuts) => {
      books.exec(emptied);
      await imported(first);
      await imported(second);
      const meant = patients();
      books.exec(emptied);
      await imported(first);
      const { importId } = await read(second);
      clock += 1_000;
      const applying = new ImportApplying(place, importId);
      for (const { rows, most, waits } of cuts) {
        const before = applying.appliedLine;
        const line = applying.writeSlices(new Date(clock), { rows, most, isAwaited: () => waits });
        if (line === null) break;
        const staged = 'SELECT count(*) AS n FROM ImportRow WHERE importId = ? AND line > ? AND line <= ?';
        const { n } = books.prepare(staged).get(importId, before, line) as { n: number };
        expect(n).toBeGreaterThan(0);
        expect(n).toBeLessThanOrEqual(waits ? rows : rows * most);
      }
      applying.close();
      expect(patients()).toEqual(meant);
    }),
    { numRuns: 60 },
  );
});

test('a preview says the truth, the same file again changes nothing, and Undo puts everything back', async () => {
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      books.exec('DELETE FROM GroupMember; DELETE FROM Patient; DELETE FROM "Group"; DELETE FROM Import');
      await imported(first);
      const before = patients();
      const { importId, at, summary } = await imported(second);
      const after = patients();
      const known = [...after].filter(([id]) => before.has(id));
      const changed = known.filter(([id, one]) => JSON.stringify(before.get(id)) !== JSON.stringify(one));
      expect([summary.new, summary.changed]).toEqual([after.size - before.size, changed.length]);
      expect(summary).toMatchObject({ rows: second.rows.length, rejected: 0 });
      expect((await read(second)).summary).toMatchObject({ new: 0, changed: 0 });
      clock += 1_000;
      const undone = await undoImport(place, { importId, appliedAt: at, now: new Date(clock) }, nothing);
      expect(patients()).toEqual(before);
      expect(undone).toEqual({ removed: summary.new, restored: summary.changed, changedSince: 0, textedSince: 0 });
    }),
    { numRuns: 40 },
  );
});

test('the big list of naughty strings is in the books as written, or refused with why; again, it changes nothing', async () => {
  const rows = naughtyStrings.map((text, nth) => [`N${nth}`, phoneOf(nth), text, 'Reyes', '', '', '', text]);
  const { summary } = await imported({ rows });
  const stored = patients();
  const kept = rows.filter(([id = '']) => stored.has(id));
  expect(kept.length + summary.rejected).toBe(rows.length);
  expect(kept.length).toBeGreaterThan(450);
  for (const { reason } of summary.reasons) expect(reason).toMatch(/longer than 200 characters|letters cannot be read/);
  const blank = /^[-–—]*$/;
  for (const [id = '', , text = ''] of kept) {
    const is = stored.get(id) as { firstName: string; fields: string };
    const meant = cleanText(text);
    expect([id, is.firstName]).toEqual([id, blank.test(meant) ? '' : meant]);
    const { site = '' } = JSON.parse(is.fields) as { site?: string };
    expect([id, site]).toEqual([id, blank.test(meant) ? '' : meant]);
  }
  expect((await read({ rows })).summary).toMatchObject({ new: 0, changed: 0, unchanged: kept.length });
});
