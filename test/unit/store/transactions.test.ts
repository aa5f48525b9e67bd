import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openDatabase } from '../../../src/store/database';
import { WaitingWriters, waitingWriters } from '../../../src/store/waiting-writers';

const folder = mkdtempSync(join(tmpdir(), 'carethread-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('after a COMMIT that failed nothing of it stays, and the next transaction is on disk', async () => {
  const { client } = openDatabase(`file:${join(folder, 'commit.db')}`);
  const setting = (key: string) => ({ data: { key, value: '1', updatedBy: 'U1', updatedAt: new Date() } }) as const;
  const failing = client.$transaction(async (tx) => {
    await tx.setting.create(setting('of the failed one'));
    // Checked at COMMIT only, so that it is COMMIT that fails.
    await tx.$executeRaw`PRAGMA defer_foreign_keys = ON`;
    await tx.$executeRaw`INSERT INTO Attempt (id, messageId, startedAt) VALUES ('of no message', 999, 1)`;
  });
  await expect(failing).rejects.toThrow();
  await client.$transaction((tx) => tx.setting.create(setting('of the next one')));
  await client.$disconnect();

  const { client: reopened } = openDatabase(`file:${join(folder, 'commit.db')}`);
  expect((await reopened.setting.findMany()).map(({ key }) => key)).toEqual(['of the next one']);
  await reopened.$disconnect();
});

test('while another connection writes, writes wait, and the event loop does not', async () => {
  const path = join(folder, 'busy.db');
  const { client } = openDatabase(`file:${path}`);
  await client.setting.count();
  const other = new Database(path);
  other.exec('BEGIN IMMEDIATE');
  let heard = 0;
  const inThread = new WaitingWriters(waitingWriters.memory);
  const seen = [inThread.isSomebody];
  const listening = setInterval(() => {
    heard += 1;
    if (heard === 9) seen.push(inThread.isSomebody);
    if (heard === 10) other.exec('COMMIT');
  }, 2);
  const setting = (key: string) => ({ data: { key, value: '1', updatedBy: 'U1', updatedAt: new Date() } }) as const;
  await Promise.all([
    client.setting.create(setting('alone')),
    client.$transaction((tx) => tx.setting.create(setting('in a transaction'))),
  ]);
  clearInterval(listening);
  expect(heard).toBeGreaterThanOrEqual(10);
  // Who writes much in one transaction hears of it, also in a thread.
  expect([...seen, inThread.isSomebody]).toEqual([false, true, false]);
  expect(await client.setting.count()).toBe(2);
  other.close();
  await client.$disconnect();
});
