/** What lies on the disk when DATABASE_KEY is set, and what is said when key and file do not fit. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppError } from '../../../src/domain/errors';
import { isEncrypted, openConnection } from '../../../src/store/connection';
import { changeKey, copyDatabase } from '../../../src/store/copy';
import { openStore } from '../../../src/store/store';

const KEY = "a key with 'quotes' and ümlauts";
const SECRET = 'Ana Montoya, +16175550123';
const folder = mkdtempSync(join(tmpdir(), 'carethread-encryption-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = { by: 'U1', at: new Date('2026-11-24T19:00:00Z') };

async function makeDatabase(name: string, key?: string): Promise<string> {
  const path = join(folder, name);
  const { store } = openStore(`file:${path}`, { key });
  await store.settings.write('secret', SECRET, write);
  await store.close();
  return path;
}

async function readSecret(path: string, key?: string): Promise<string | undefined> {
  const { store } = openStore(`file:${path}`, { key });
  const row = await store.settings.read('secret');
  await store.close();
  return row?.value;
}

const refusal = (work: () => unknown): Pick<AppError, 'code' | 'userMessage'> => {
  try {
    work();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('it was not refused');
};

test('with a key nothing can be read from the files, not from the journal beside an open one either', async () => {
  const path = join(folder, 'open.db');
  const { store } = openStore(`file:${path}`, { key: KEY });
  await store.settings.write('secret', SECRET, write);
  copyDatabase({ path, key: KEY }, join(folder, 'open-backup.db'));
  const files = readdirSync(folder).filter((name) => name.startsWith('open'));
  expect(files).toEqual(expect.arrayContaining(['open.db', 'open.db-wal', 'open-backup.db']));
  for (const name of files) {
    expect(readFileSync(join(folder, name)).includes('Montoya')).toBe(false);
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  }
  await store.close();
  expect(await readSecret(path, KEY)).toBe(SECRET);
  expect(await readSecret(join(folder, 'open-backup.db'), KEY)).toBe(SECRET);
});

test.each([
  ['a wrong key', KEY, 'quite another key', 'DATABASE_KEY_WRONG', 'is not the key'],
  ['no key', KEY, undefined, 'DATABASE_KEY_MISSING', 'put its key into DATABASE_KEY'],
  ['a key for a plain file', undefined, KEY, 'DATABASE_KEY_UNUSED', 'npm run rekey'],
])('%s is refused in one sentence, and nothing is changed', async (name, was, given, code, words) => {
  const path = await makeDatabase(`${name}.db`, was);
  const { code: said, userMessage } = refusal(() => openStore(`file:${path}`, { key: given }));
  expect(said).toBe(code);
  expect(userMessage).toContain(words);
  expect(await readSecret(path, was)).toBe(SECRET);
});

test('a file is encrypted, gets another key, and becomes plain again', async () => {
  const path = await makeDatabase('rekeyed.db');
  expect(isEncrypted(path)).toBe(false);
  for (const [from, to] of [[undefined, KEY] as const, [KEY, 'another good key'] as const]) {
    changeKey({ path, key: from }, to);
    expect(isEncrypted(path)).toBe(true);
    expect(await readSecret(path, to)).toBe(SECRET);
    expect(readFileSync(path).includes('Montoya')).toBe(false);
  }
  changeKey({ path, key: 'another good key' }, undefined);
  expect(isEncrypted(path)).toBe(false);
  expect(await readSecret(path)).toBe(SECRET);
});

test('a backup never overwrites a file, and one that could not be made leaves nothing under its name', async () => {
  const path = await makeDatabase('source.db');
  const target = join(folder, 'target.db');
  copyDatabase({ path }, target);
  expect(refusal(() => copyDatabase({ path }, target)).code).toBe('BACKUP_EXISTS');
  expect(() => copyDatabase({ path: join(folder, 'nowhere.db') }, join(folder, 'other.db'))).toThrow();
  expect(readdirSync(folder)).not.toContain('other.db');
});

test('a database in use is copied as it stood, with every row that was committed', async () => {
  const path = await makeDatabase('busy.db');
  const writer = openConnection({ path });
  writer.exec('BEGIN IMMEDIATE');
  writer.exec(`UPDATE Setting SET value = 'not committed'`);
  copyDatabase({ path }, join(folder, 'busy-backup.db'));
  writer.exec('COMMIT');
  writer.close();
  expect(await readSecret(join(folder, 'busy-backup.db'))).toBe(SECRET);
});
