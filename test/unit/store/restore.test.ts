/** What a restore refuses, and what it takes over from the database that it replaces. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnection } from '../../../src/store/connection';
import { copyDatabase } from '../../../src/store/copy';
import { restoreDatabase } from '../../../src/store/restore';
import { openStore, type Store } from '../../../src/store/store';
import { phoneOf, seedCampaign } from '../../support/seed';

const NOON = new Date('2026-11-24T17:00:00Z');
const later = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);
const zones = 'America/New_York';
const patients = [0, 1, 2].map((index) => ({ phone: phoneOf(index), zones }));

let folder: string;
let path: string;
let backup: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carethread-restore-'));
  path = join(folder, 'clinic.db');
  backup = join(folder, 'backup.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function withStore<T>(work: (store: Store) => Promise<T>, key?: string): Promise<T> {
  const { store } = openStore(`file:${path}`, { key });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A clinic with a send under way, backed up; then life goes on. */
async function backedUp(key?: string): Promise<void> {
  await withStore(async (store) => {
    await seedCampaign(store, { patients, text: 'Your second dose is ready.' }, NOON);
    await store.housekeeping.moveCursor('twilio.inbound', String(NOON.getTime()));
  }, key);
  copyDatabase({ path, key }, backup);
}

const request = { otherKeys: [undefined], force: false, now: later(60) };
const restore = (change: Partial<Parameters<typeof restoreDatabase>[0]> = {}) =>
  restoreDatabase({ ...request, place: { path }, file: backup, ...change });
const codeOf = (work: () => unknown): unknown => {
  try {
    return work() === undefined ? undefined : 'not refused';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};
const count = (sql: string): unknown => {
  const database = openConnection({ path });
  const found = database.prepare(sql).pluck().get();
  database.close();
  return found;
};

test('what happened since the backup is given up only when that is asked for, and kept beside', async () => {
  await backedUp();
  await withStore((store) => store.housekeeping.moveCursor('twilio.inbound', String(later(30).getTime())));
  expect(codeOf(restore)).toBe('RESTORE_OLDER');
  expect(count(`SELECT value FROM Cursor WHERE name = 'twilio.inbound'`)).toBe(String(later(30).getTime()));
  const { replaced, doubted } = restore({ force: true });
  expect(doubted).toBe(3);
  expect(count(`SELECT value FROM Cursor WHERE name = 'twilio.inbound'`)).toBe(String(NOON.getTime()));
  expect(existsSync(replaced ?? '')).toBe(true);
});

test('the same state is restored without being forced', async () => {
  await backedUp();
  expect(restore().carriedOver).toBe(true);
});

test('while anybody has the database open nothing is touched', async () => {
  await backedUp();
  await withStore(async (store) => {
    await store.ping();
    expect(codeOf(() => restore({ force: true }))).toBe('DATABASE_IN_USE');
    expect(await store.queue.count('QUEUED')).toBe(3);
  });
  restore();
});

test.each([
  ['is not there', () => rmSync(backup), 'RESTORE_NO_BACKUP'],
  ['is cut off', () => writeFileSync(backup, readFileSync(backup).subarray(0, 40_000)), 'SQLITE_CORRUPT'],
  ['is no database', () => writeFileSync(backup, 'a letter to the clinic'), 'DATABASE_KEY_MISSING'],
])('a backup that %s changes nothing', async (_, spoil, code) => {
  await backedUp();
  spoil();
  expect(codeOf(() => restore({ force: true }))).toBe(code);
  expect(count(`SELECT count(*) FROM Message WHERE state = 'QUEUED'`)).toBe(3);
});

test('opt-outs and stopped sends since the backup are taken over', async () => {
  await backedUp();
  await withStore(async (store) => {
    await store.patients.optOut(phoneOf(1), { at: later(5), via: 'admin' });
    await store.campaigns.move(1, { from: 'RUNNING', to: 'CANCELED', finishedAt: later(6) });
    await store.settings.write('sending', 'stopped', { by: 'U0ADMIN', at: later(7) });
  });
  restore({ force: true });
  expect(count(`SELECT optedOutVia FROM Phone WHERE number = '${phoneOf(1)}'`)).toBe('admin');
  expect(count('SELECT state FROM Campaign')).toBe('CANCELED');
  expect(count(`SELECT value FROM Setting WHERE key = 'sending'`)).toBe('stopped');
});

test('without the former database running sends wait for a person', async () => {
  await backedUp();
  writeFileSync(path, 'the disk has eaten it');
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  expect(restore()).toMatchObject({ carriedOver: false, paused: 1 });
  expect(count('SELECT state FROM Campaign')).toBe('PAUSED');
});

test.each([true, false])(
  'an id given since the backup is not given again (former database there: %s)',
  async (isThere) => {
    await backedUp();
    const lost = await withStore((store) => seedCampaign(store, { patients, text: 'Something else.' }, later(3)));
    if (!isThere) rmSync(path);
    restore({ force: true });
    const next = await withStore((store) => seedCampaign(store, { patients, text: 'A third one.' }, later(70)));
    expect(next).toBeGreaterThan(lost);
  },
);

test('an encrypted clinic is restored from an encrypted backup, and from one of before the key', async () => {
  await backedUp();
  const key = 'a long enough key for a test';
  restore({ place: { path, key }, force: true });
  expect(readFileSync(path).includes('second dose')).toBe(false);
  await withStore(async (store) => {
    expect(await store.queue.count('UNCERTAIN')).toBe(3);
  }, key);
  const encrypted = join(folder, 'encrypted.db');
  copyDatabase({ path, key }, encrypted);
  restore({ place: { path, key: 'quite another key of theirs' }, file: encrypted, otherKeys: [key], force: true });
  await withStore(async (store) => {
    expect(await store.queue.count('UNCERTAIN')).toBe(3);
  }, 'quite another key of theirs');
});
