import { buttonsIn } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { FaultClinic } from '../support/faults/fault-clinic';
import { faultPlan, Random } from '../support/faults/random';
import { csvOf } from '../support/patient-rows';
import { phoneOf } from '../support/seed';

const ROWS = 1_500;
const FILES = faultPlan.isLong ? faultPlan.rounds : 2;

let clinic: FaultClinic;
afterEach(() => clinic.close());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const fileOf = (nth: number, rows = ROWS): Buffer =>
  Buffer.from(
    csvOf(
      Array.from({ length: rows }, (_, index) => ({
        id: `F${nth}-${index}`,
        mobile: phoneOf(nth * ROWS + index),
        first: 'Ana',
        last: 'Lima',
        groups: `Group ${nth}`,
      })),
    ),
  );

const stateOf = (name: string): string =>
  clinic.rows<{ state: string }>('SELECT state FROM Import WHERE fileName = ?', name)[0]?.state ?? 'none';

const patientsOf = (nth: number): number =>
  clinic.rows<{ n: number }>(
    `SELECT count(*) AS n FROM Patient p JOIN GroupMember g ON g.patientId = p.id WHERE p.externalId LIKE ?`,
    `F${nth}-%`,
  )[0]?.n ?? 0;

const reaches = (name: string, state: string): Promise<unknown> =>
  until(`${name} to be ${state}`, () => Promise.resolve(stateOf(name) === state), 60_000);

async function dieAfter(ms: number): Promise<void> {
  await pause(ms);
  clinic.app.kill();
  await clinic.app.ended();
}

/** Killed while the file is read, and again while it is written. */
async function importThroughKills(nth: number, random: Random): Promise<void> {
  const sender = clinic.box.staff('sender');
  const name = `file-${nth}.csv`;
  await sender.drops({ name, content: fileOf(nth) }, 'C0IMPORTS');
  await until(`${name} to be known`, () => Promise.resolve(stateOf(name) !== 'none'));
  await dieAfter(random.between(0, 300));
  await clinic.app.start();
  await reaches(name, 'READY');
  expect(patientsOf(nth)).toBe(0);

  const card = await sender.reads(new RegExp(`${name}[\\s\\S]*${ROWS.toLocaleString('en-US')}? ?new|${name}`), {
    channel: 'C0IMPORTS',
  });
  const confirmed = until('Confirm on the card', async () => {
    const now = await sender.again(card);
    await sender.presses('Confirm', now).catch(() => undefined);
    return true;
  });
  await dieAfter(random.between(0, 250));
  await confirmed;
  // Whole or not at all, at any moment; once somebody's Confirm is on disk it is written, whoever dies.
  const state = stateOf(name);
  const written = { APPLIED: [ROWS], READY: [0], APPLYING: [0, ROWS] }[state];
  expect([state, written]).toEqual([state, expect.arrayContaining([patientsOf(nth)])]);

  await clinic.app.start();
  if (state === 'READY') {
    const ready = await until('Confirm on the card', async () => {
      const now = await sender.again(card);
      return buttonsIn(now.blocks).some(({ label }) => label === 'Confirm') && now;
    });
    await sender.presses('Confirm', ready);
  }
  await reaches(name, 'APPLIED');
  expect(patientsOf(nth)).toBe(ROWS);
}

test('an import of many steps, killed between them, is written to its end when the app is back', async () => {
  const rows = 24_000;
  clinic = await FaultClinic.open();
  await clinic.app.start();
  await clinic.introduceToSlack();
  const sender = clinic.box.staff('sender');
  await sender.drops({ name: 'many.csv', content: fileOf(9, rows) }, 'C0IMPORTS');
  await reaches('many.csv', 'READY');
  const card = await sender.reads(/24,000 new/, { channel: 'C0IMPORTS' });
  const pressed = sender.presses('Confirm', card).catch(() => undefined);
  await until('some of them', () => Promise.resolve(patientsOf(9) > 0));
  clinic.app.kill();
  await Promise.all([clinic.app.ended(), pressed]);
  expect(stateOf('many.csv')).toBe('APPLYING');
  await clinic.app.start();
  await reaches('many.csv', 'APPLIED');
  expect(patientsOf(9)).toBe(rows);
  await sender.reads(/24,000 new, 0 changed[\s\S]*many\.csv is imported/, { channel: 'C0IMPORTS' });
  expect(clinic.rows('SELECT id FROM AuditEntry WHERE action = ?', 'import.apply')).toHaveLength(1);
}, 180_000);

test.each(faultPlan.seeds)(
  'an import that is killed is there wholly or not at all, and can be finished (FAULT_SEED=%i)',
  async (seed) => {
    const random = new Random(seed);
    clinic = await FaultClinic.open();
    await clinic.app.start();
    await clinic.introduceToSlack();
    for (let nth = 0; nth < FILES; nth += 1) await importThroughKills(nth, random);
  },
  60_000 + FILES * 60_000,
);
