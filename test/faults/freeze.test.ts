import Database from 'better-sqlite3';
import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { FaultClinic } from '../support/faults/fault-clinic';
import { phoneOf } from '../support/seed';

/** More than are looked up one by one: all patients are walked. */
const PATIENTS = 24_000;
const OPTED_OUT = 240;
const RECIPIENTS = PATIENTS - OPTED_OUT;
const CHANNEL = 'C0GENERAL';

let clinic: FaultClinic;
afterEach(() => clinic.close());

/** Everybody is in one group, and one in a hundred wants no texts. */
async function seed(): Promise<void> {
  const at = await clinic.box.now();
  const whose = { firstName: 'Ana', lastName: 'Lima', zones: 'America/New_York', zonesFrom: 'file' };
  const all = Array.from({ length: PATIENTS }, (_, i) => ({ ...whose, externalId: `P${i}`, phone: phoneOf(i) }));
  await clinic.withStore(async (store) => {
    for (let from = 0; from < PATIENTS; from += 5_000) await store.patients.addAll(all.slice(from, from + 5_000), at);
    await store.groups.ensure(['Seniors'], at);
    for (let i = 0; i < PATIENTS; i += PATIENTS / OPTED_OUT)
      await store.patients.optOut(phoneOf(i), { at, via: 'reply' });
    const variants = [{ language: 'default', text: 'Hi {{ first_name }}, we are open.' }];
    await store.templates.addVersion({ name: 'Hello', key: 'hello', createdBy: 'U0SEED', at, variants, replies: [] });
  });
  const db = new Database(clinic.file('clinic.db'));
  db.exec('INSERT INTO GroupMember (groupId, patientId) SELECT g.id, p.id FROM "Group" g, Patient p');
  db.close();
}

const number = (sql: string): number => clinic.rows<{ n: number }>(sql)[0]?.n ?? -1;
const draft = () => clinic.rows<{ state: string; frozenAt: number | null }>('SELECT state, frozenAt FROM Campaign')[0];

/** Killed while a run of its own has written rows, and more are to come. @returns how many there were */
async function dieHalfway(after: string): Promise<number> {
  const begun = `SELECT count(*) AS n FROM Campaign WHERE freezeRun <> '${after}' AND EXISTS (SELECT 1 FROM Message)`;
  await until('some of its texts', () => Promise.resolve(number(begun) > 0), 30_000);
  clinic.app.kill();
  await clinic.app.ended();
  expect(draft()).toEqual({ state: 'DRAFT', frozenAt: null });
  return number('SELECT count(*) AS n FROM Message');
}

test('killed while an audience is frozen, a send is whole when the app is back, and nothing goes before', async () => {
  clinic = await FaultClinic.open();
  await seed();
  await clinic.app.start();
  await clinic.introduceToSlack();
  const sender = clinic.box.staff('sender');
  await sender.types('/outreach send hello to Seniors', CHANNEL);
  await sender.submits({ Template: 'Hello' });

  let run = '';
  for (let death = 0; death < 2; death += 1) {
    const written = await dieHalfway(run);
    run = clinic.rows<{ run: string }>('SELECT freezeRun AS run FROM Campaign')[0]?.run ?? '';
    expect([written, written < RECIPIENTS]).toEqual([written, true]);
    expect(await clinic.box.phones()).toEqual([]);
    const cards = (await sender.sees()).messages.filter(({ channel, isBot }) => channel === CHANNEL && isBot);
    expect(cards.flatMap(({ blocks }) => buttonsIn(blocks)).map(({ label }) => label)).not.toContain('Send now');
    await clinic.app.start();
  }

  const card = await sender.reads('23,760 patients would get “Hello”', { channel: CHANNEL });
  expect(wordsOf(card)).toContain('240 left out: opted out (240)');
  expect(draft()).toEqual({ state: 'DRAFT', frozenAt: expect.anything() as unknown });
  expect(number('SELECT recipients AS n FROM Campaign')).toBe(RECIPIENTS);
  expect(number(`SELECT count(*) AS n FROM Message WHERE state = 'QUEUED'`)).toBe(RECIPIENTS);
  expect(number('SELECT count(DISTINCT patientId) AS n FROM Message')).toBe(RECIPIENTS);
  expect(number('SELECT count(DISTINCT patientId) AS n FROM Exclusion')).toBe(OPTED_OUT);
  expect(number(`SELECT count(*) AS n FROM AuditEntry WHERE action = 'campaign.freeze'`)).toBe(1);
  const shown = (await sender.sees()).messages.filter((message) => wordsOf(message).includes('would get “Hello”'));
  expect(shown).toHaveLength(1);
  expect(await clinic.box.phones()).toEqual([]);
}, 120_000);
