/** An admin asks whether the installation is well; each fault that can be put in is found, with what mends it. */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '../../src/store/store';
import { judgeClock, judgeDisk, scopesOf } from '../../src/domain/checkup';
import { readConfig } from '../../src/config';
import { examine } from '../../src/doctor';
import type { Finding } from '../../src/domain/checkup';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { systemClock } from '../../src/clock';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';

const RIGHT = 'the key of this database';
const quiet = (): void => undefined;
const log = { info: quiet, warn: quiet, error: quiet };

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic({ troubled: true });
}, 60_000);
afterAll(() => clinic.close());

function look(env: Record<string, string> = {}, mend = false): Promise<Finding[]> {
  const config = readConfig({
    ...clinic.sandbox.env,
    DATABASE_URL: 'file:/nowhere/clinic.db',
    PUBLIC_URL: clinic.address,
    ...env,
  });
  return examine(config, { clock: systemClock, log, mend });
}

const wrong = (findings: readonly Finding[]): string[] =>
  findings.filter(({ verdict }) => verdict === 'fail').map(({ what }) => what);

test('a well installation has nothing to mend', async () => {
  const findings = await look();
  expect(wrong(findings)).toEqual([]);
  expect(findings.length).toBeGreaterThan(12);
  expect(findings.every(({ verdict, mend }) => verdict === 'ok' || mend !== undefined)).toBe(true);
});

test.each([
  [{ SLACK_BOT_TOKEN: 'xoxb-of-somebody-else' }, 'Slack refuses the bot token (invalid_auth)'],
  [{ SLACK_APP_TOKEN: 'xapp-of-somebody-else' }, 'Socket Mode: Slack refuses the app-level token (invalid_auth)'],
  [{ SLACK_API_URL: 'http://127.0.0.1:9/' }, 'Slack does not answer'],
  [{ CHANNEL_APPROVALS: 'C0NOWHERE' }, 'Slack knows no channel C0NOWHERE, or the app is not in it'],
  [{ TWILIO_AUTH_TOKEN: 'wrong' }, 'Twilio refuses the credentials'],
  [{ TWILIO_API_URL: 'http://127.0.0.1:9' }, 'Twilio does not answer'],
  [{ TWILIO_FROM: '+16175550199' }, 'TWILIO_FROM is not among the account’s numbers'],
  [{ PUBLIC_URL: 'http://127.0.0.1:9' }, 'The address for Slack’s events does not answer'],
])('%j is found', async (env, what) => {
  expect(wrong(await look(env as Record<string, string>))).toContain(what);
});

test('a channel without the app, and an archived one', async () => {
  await clinic.post('/slack/control/channel', { id: CHANNELS.approvals, appIsMember: false });
  await clinic.post('/slack/control/channel', { id: CHANNELS.imports, archived: true });
  const found = wrong(await look());
  await clinic.post('/slack/control/channel', { id: CHANNELS.approvals, appIsMember: true });
  await clinic.post('/slack/control/channel', { id: CHANNELS.imports, archived: false });
  expect(found).toEqual(['The app is not in the channel for approvals', 'The channel for imports is archived']);
});

test('a webhook address that is wrong at Twilio is found, and set when that is asked for', async () => {
  await clinic.post('/twilio/control/number', { smsUrl: 'https://old.example.org/twilio/inbound' });
  expect(wrong(await look())).toEqual(['Twilio brings patients’ texts to another address']);
  expect(wrong(await look({}, true))).toEqual([]);
  expect(await clinic.get<{ smsUrl: string }>('/twilio/control/number')).toEqual({
    smsUrl: `${clinic.address}/twilio/inbound`,
  });
  expect(wrong(await look())).toEqual([]);
});

test('scopes that the manifest asks for and the token lacks', async () => {
  const poor = await openClinic({ troubled: true, slack: { scopes: ['chat:write', 'channels:read'] } });
  const config = readConfig({ ...poor.sandbox.env, PUBLIC_URL: poor.address });
  const found = wrong(await examine(config, { clock: systemClock, log }));
  await poor.close();
  expect(found.join()).toMatch(/lacks commands, channels:history.*usergroups:read/);
});

describe('what can be the matter with the database', () => {
  let dir: string;
  const file = (): string => join(dir, 'clinic.db');
  const ofDatabase = async (env: Record<string, string> = {}): Promise<string[]> =>
    (await look({ DATABASE_URL: `file:${file()}`, ...env })).map(({ verdict, what }) => `${verdict} ${what}`);
  const edit = (sql: string): void => {
    const database = new Database(file());
    database.exec(sql);
    database.close();
  };

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'carethread-doctor-'));
    chmodSync(dir, 0o700);
    await openStore(`file:${file()}`).store.close();
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('nothing', async () => {
    const found = await ofDatabase();
    expect(found).toContain('ok The database is whole');
    expect(found.join()).toMatch(/ok All \d+ migrations are applied/);
    expect(found).toContain('ok Only its owner can read the database');
  });

  test('it is not there yet', async () => {
    rmSync(file());
    expect(await ofDatabase()).toContain('warn There is no database yet');
  });

  test('it is damaged, or no database at all', async () => {
    writeFileSync(file(), Buffer.alloc(100_000, 'x'));
    expect((await ofDatabase()).join()).toMatch(/fail The database (is damaged|cannot be opened)/);
  });

  test('pages in its middle were overwritten', async () => {
    edit('PRAGMA wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(file());
    bytes.fill(0x55, 5 * 4096, 12 * 4096);
    writeFileSync(file(), bytes);
    expect(await ofDatabase()).toContain('fail The database is damaged');
  });

  test('it has a key, and DATABASE_KEY is another or none', async () => {
    rmSync(dir, { recursive: true });
    await openStore(`file:${file()}`, { key: RIGHT }).store.close();
    expect(await ofDatabase({ DATABASE_KEY: RIGHT })).toContain('ok The database is encrypted');
    expect(await ofDatabase({ DATABASE_KEY: 'a key of another database' })).toContain(
      'fail The database cannot be opened',
    );
    expect(await ofDatabase()).toContain('fail The database cannot be opened');
  });

  test('another program holds it: nobody is told to restore a backup', async () => {
    const holder = new Database(file());
    holder.pragma('locking_mode = EXCLUSIVE');
    holder.exec('BEGIN EXCLUSIVE');
    const found = await look({ DATABASE_URL: `file:${file()}` });
    holder.close();
    const [held] = found.filter(
      ({ what }) => what === 'Another program holds the database, and nobody else can read it',
    );
    expect(held).toMatchObject({ verdict: 'fail', mend: expect.not.stringContaining('restore') as string });
  });

  test('it is some other program’s', async () => {
    rmSync(file());
    edit('CREATE TABLE Something (id INTEGER)');
    expect(await ofDatabase()).toContain('fail This is not a database of CareThread’s');
  });

  test('migrations are behind, or of a newer version', async () => {
    edit(
      `DELETE FROM "_prisma_migrations" WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")`,
    );
    expect((await ofDatabase()).join()).toMatch(/warn \d+ of \d+ migrations are applied/);
    edit(`UPDATE "_prisma_migrations" SET migration_name = '29990101000000_later'
      WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")`);
    expect(await ofDatabase()).toContain('fail The database is of a newer version of CareThread');
  });

  test('others may read it', async () => {
    chmodSync(file(), 0o644);
    expect(await ofDatabase()).toContain('warn Other users of this machine can look at the database or its folder');
  });

  test('the newest backup is old', async () => {
    const backups = join(dir, 'backups');
    mkdirSync(backups);
    copyFileSync(file(), join(backups, 'carethread-2020-01-01T07-00-12Z.db'));
    expect((await ofDatabase()).join()).toMatch(/fail The newest backup is \d+ hours old/);
  });
});

test('clock and disk are judged', () => {
  const now = new Date('2026-11-24T19:00:00Z');
  const wrongBy = (seconds: number): string =>
    judgeClock(new Date(now.getTime() + seconds * 1000).toUTCString(), now).verdict;
  expect([0, -9, 60, -600].map(wrongBy)).toEqual(['ok', 'ok', 'warn', 'fail']);
  expect(judgeClock(null, now).verdict).toBe('warn');
  const [small, large] = [1e6, 5e9];
  expect(
    [judgeDisk(5e9, small), judgeDisk(0.5e9, small), judgeDisk(1e8, small), judgeDisk(4e9, large)].map(
      (one) => one.verdict,
    ),
  ).toEqual(['ok', 'warn', 'fail', 'fail']);
  expect(
    scopesOf('oauth_config:\n  scopes:\n    bot:\n      # why\n      - chat:write\n      - commands\nsettings:\n'),
  ).toEqual(['chat:write', 'commands']);
});

test('an admin presses the button in the Home tab; nobody else has it', async () => {
  await clinic.admin.opensHome();
  const { id } = (await clinic.admin.sees()).home!;
  await clinic.post('/slack/control/action', { user: clinic.admin.id, viewId: id, actionId: 'check_installation' });
  const answer = await until('the answer', async () =>
    (await clinic.admin.sees()).messages.find((message) => /to mend|checks are well/.test(wordsOf(message))),
  );
  expect(wordsOf(answer)).toContain('Slack takes the bot token');
});
