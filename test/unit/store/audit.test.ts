import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore, type Store } from '../../../src/store/store';

const AT = new Date('2026-11-24T19:00:00Z');
const ROWS = 12;

describe('The audit log', () => {
  let dir: string;
  let store: Store;
  const edit = (...statements: string[]): void => {
    const database = new Database(join(dir, 'log.db'));
    try {
      for (const statement of statements) database.exec(statement);
    } finally {
      database.close();
    }
  };
  /** Who has the file can take the triggers away. */
  const without = (...triggers: string[]): string[] => triggers.map((name) => `DROP TRIGGER "AuditEntry_${name}"`);

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'carethread-audit-'));
    store = openStore(`file:${join(dir, 'log.db')}`).store;
    for (let number = 1; number <= ROWS; number += 1) {
      const record = { at: AT, actor: 'U0ADMIN1', action: 'campaign.pause', subject: `campaign:${number}` };
      await store.transaction((tx) => tx.audit.append({ ...record, detail: { number } }));
    }
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('holds as it was written', async () => {
    expect(await store.audit.firstBroken()).toBeNull();
    expect((await store.audit.head())?.id).toBe(ROWS);
  });

  test.each([
    ['changed', `UPDATE AuditEntry SET actor = 'U0OTHER1' WHERE id = 5`],
    ['taken out', 'DELETE FROM AuditEntry WHERE id = 5'],
    ['put over another', `INSERT OR REPLACE INTO AuditEntry SELECT * FROM AuditEntry WHERE id = 5`],
    [
      'changed by an upsert',
      `INSERT INTO AuditEntry SELECT * FROM AuditEntry WHERE id = 5 ON CONFLICT (id) DO UPDATE SET actor = 'x'`,
    ],
  ])('no row can be %s', async (_what, statement) => {
    expect(() => edit(statement)).toThrow('the audit log is append-only');
    expect(await store.audit.firstBroken()).toBeNull();
  });

  test.each([
    'at = at + 1',
    `actor = 'U0X'`,
    `action = 'x'`,
    `subject = 'x'`,
    'patientId = 7',
    'campaignId = 7',
    `detail = '{}'`,
  ])('a row changed past the triggers (%s) is named', async (change) => {
    edit(...without('no_update'), `UPDATE AuditEntry SET ${change} WHERE id = 5`);
    expect(await store.audit.firstBroken()).toEqual({ row: 5, what: 'changed' });
  });

  test('a row that was taken out is named; so are rows cut off the end', async () => {
    edit(...without('no_delete'), 'DELETE FROM AuditEntry WHERE id = 5');
    expect(await store.audit.firstBroken()).toEqual({ row: 5, what: 'missing' });
    edit('DELETE FROM AuditEntry WHERE id >= 5');
    expect(await store.audit.firstBroken()).toEqual({ row: 5, what: 'missing' });
  });

  test('who cuts the end off and mends the count is found by a row that was kept elsewhere, and only so', async () => {
    const kept = await store.audit.head();
    edit(
      ...without('no_delete'),
      'DELETE FROM AuditEntry WHERE id > 9',
      `UPDATE sqlite_sequence SET seq = 9 WHERE name = 'AuditEntry'`,
    );
    expect(await store.audit.firstBroken()).toBeNull();
    expect(await store.audit.hashAt(kept!.id)).toBeNull();
  });
});
