/** A backup is made in the middle of a send, more goes out, the machine dies, and the backup is put back. */
import { rmSync, statSync } from 'node:fs';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { FaultClinic } from '../support/faults/fault-clinic';
import { phoneOf, seedCampaign } from '../support/seed';

const RECIPIENTS = 60;
const TEXT = 'Your second dose is ready.';
const zones = 'America/New_York';
const patients = Array.from({ length: RECIPIENTS }, (_, index) => ({ phone: phoneOf(index), zones }));

let clinic: FaultClinic;
afterEach(() => clinic.close());

interface Received {
  readonly twice: readonly string[];
  readonly missing: readonly string[];
}

/** What the phones have, against who was to get the text once. */
async function received(expected: readonly string[], text = TEXT): Promise<Received> {
  const times = new Map<string, number>();
  for (const { number, texts } of await clinic.box.phones())
    for (const { direction, body } of texts)
      if (direction === 'in' && body === text) times.set(number, (times.get(number) ?? 0) + 1);
  return {
    twice: [...times].filter(([, n]) => n > 1).map(([number]) => number),
    missing: expected.filter((phone) => !times.has(phone)),
  };
}

/** Begins to send, is backed up, sends some more, and is killed. */
async function sendsAndDies(): Promise<string> {
  const at = await clinic.box.now();
  await clinic.withStore((store) => seedCampaign(store, { patients, text: TEXT }, at));
  await clinic.box.twilioSettings({ latencyMs: 20, rate: 0 });
  const backup = clinic.file('backup.db');
  const begun = clinic.gate.reaches('answered', 10);
  await clinic.app.start();
  await begun;
  const { code, printed } = await clinic.runs('backup', backup);
  expect(printed).toContain('whole');
  expect(code).toBe(0);
  const known = clinic.gate.creates;
  await until('more sent than the backup knows', () => Promise.resolve(clinic.gate.creates >= known + 5));
  clinic.app.kill();
  await clinic.app.ended();
  return backup;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Long enough for Twilio's list to be believed. */
async function startsAgain(): Promise<void> {
  await clinic.app.start();
  await clinic.box.advanceClock(80_000);
  await clinic.untilSent();
}

test('nobody gets a text twice, and nobody goes without', async () => {
  clinic = await FaultClinic.open({ env: { TWILIO_RATE: '10' } });
  const backup = await sendsAndDies();
  const refused = await clinic.runs('restore', backup);
  expect(refused.code).toBe(1);
  expect(refused.printed).toContain('--force');

  const done = await clinic.runs('restore', backup, '--force');
  expect(done.printed).toContain('Restored');
  expect(done.code).toBe(0);
  expect(statSync(clinic.file('clinic.db')).mode & 0o077).toBe(0);
  const [known] = clinic.rows<{ sids: number }>(`SELECT count(sid) AS sids FROM Message WHERE direction = 'OUTBOUND'`);
  expect((await clinic.box.records()).length).toBeGreaterThan(known?.sids ?? Infinity);
  expect(clinic.states().has('QUEUED')).toBe(false);
  await startsAgain();

  expect(await received(patients.map(({ phone }) => phone))).toEqual({ twice: [], missing: [] });
  const stored = clinic.rows<{ sid: string }>(`SELECT sid FROM Message WHERE direction = 'OUTBOUND' ORDER BY sid`);
  const atTwilio = (await clinic.box.records()).map(({ sid }) => sid).sort();
  expect(stored.map(({ sid }) => sid)).toEqual(atTwilio);
  expect(await clinic.runs('audit', 'verify')).toMatchObject({ code: 0 });
}, 180_000);

test('who said STOP since the backup gets nothing, also when the former database is gone', async () => {
  clinic = await FaultClinic.open({ env: { TWILIO_RATE: '10' } });
  const backup = await sendsAndDies();
  const late = clinic.rows<{ phone: string }>(
    `SELECT phone FROM Message WHERE state = 'QUEUED' ORDER BY id DESC LIMIT 2`,
  );
  for (const { phone } of late) await clinic.box.phone(phone).texts('STOP');
  for (const suffix of ['', '-wal', '-shm']) rmSync(clinic.file(`clinic.db${suffix}`), { force: true });

  const done = await clinic.runs('restore', backup);
  expect(done.printed).toContain('Paused, because somebody may have stopped them');
  await clinic.app.start();
  await clinic.box.advanceClock(80_000);
  await until('everything is settled', () => Promise.resolve(!clinic.states().has('UNCERTAIN')));
  // It is for a person to say that the send goes on.
  const before = clinic.gate.creates;
  await wait(4_000);
  expect(clinic.gate.creates).toBe(before);
  await clinic.app.stop();
  await clinic.withStore((store) => store.campaigns.move(1, { from: 'PAUSED', to: 'RUNNING' }));
  await startsAgain();

  const stopped = new Set(late.map(({ phone }) => phone));
  expect(stopped.size).toBe(2);
  const { twice, missing } = await received(patients.map(({ phone }) => phone));
  expect(twice).toEqual([]);
  expect(new Set(missing)).toEqual(stopped);
}, 180_000);

test('replies that stood in Slack before the restore stand there once after it, and answers to them are not texted again', async () => {
  clinic = await FaultClinic.open();
  const known = '+16175550931';
  const [old, fresh] = [clinic.box.phone(known), clinic.box.phone('+16175550932')];
  const nurse = clinic.box.staff('responder');
  const inReplies = async () => (await nurse.sees()).messages.filter(({ channel }) => channel === 'C0REPLIES');
  const byApp = async () => (await inReplies()).filter(({ isBot }) => isBot).map(({ ts }) => ts);
  await clinic.app.start();
  await clinic.introduceToSlack();
  await old.texts('A question of before');
  await nurse.reads('A question of before', { channel: 'C0REPLIES' });
  const backup = clinic.file('backup.db');
  expect((await clinic.runs('backup', backup)).code).toBe(0);

  await old.texts('A question of after');
  await fresh.texts('A new question', [
    { contentType: 'image/jpeg', content: Buffer.from('ffd8ffe000104a464946', 'hex') },
  ]);
  await nurse.reads('A question of after', { channel: 'C0REPLIES' });
  const head = await until('the new thread', async () =>
    (await inReplies()).find(
      (one) => one.isBot && one.threadTs === undefined && wordsOf(one).includes('A new question'),
    ),
  );
  await nurse.reads('A new question', { channel: 'C0REPLIES', threadTs: head.ts });
  await nurse.says('An answer', { channel: 'C0REPLIES', threadTs: head.ts });
  await fresh.receives('An answer');
  await postsAreDone();
  const pictures = async () => (await inReplies()).filter(({ files }) => files.length > 0).length;
  expect(await pictures()).toBe(1);
  const before = await byApp();
  clinic.app.kill();
  await clinic.app.ended();
  // Ids begin anew when the former database cannot be read: only Twilio's tell one reply from another.
  for (const suffix of ['', '-wal', '-shm']) rmSync(clinic.file(`clinic.db${suffix}`), { force: true });
  expect((await clinic.runs('restore', backup)).code).toBe(0);

  await clinic.app.start();
  await until('both replies to be read again', () =>
    Promise.resolve(clinic.rows(`SELECT id FROM Message WHERE direction = 'INBOUND'`).length === 3),
  );
  await postsAreDone();
  await clinic.box.advanceClock(80_000);
  await until('the answer to be known', () =>
    Promise.resolve(clinic.rows(`SELECT id FROM Message WHERE text = 'An answer' AND sid IS NOT NULL`).length === 1),
  );
  await postsAreDone();
  expect((await byApp()).sort()).toEqual(before.sort());
  expect(await pictures()).toBe(1);
  expect((await fresh.received()).filter((text) => text === 'An answer')).toHaveLength(1);
  expect(await clinic.runs('audit', 'verify')).toMatchObject({ code: 0 });
  // The thread goes on where it was.
  await nurse.says('Another answer', { channel: 'C0REPLIES', threadTs: head.ts });
  await fresh.receives('Another answer');
}, 180_000);

const postsAreDone = (): Promise<unknown> =>
  until('Slack to be up to date', () =>
    Promise.resolve(clinic.rows(`SELECT id FROM Post WHERE state <> 'POSTED' OR posted < wanted`).length === 0),
  );
