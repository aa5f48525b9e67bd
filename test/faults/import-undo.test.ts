import { wordsOf } from '../../src/sandbox/driver/blocks';
import type { SandboxMessage } from '../../src/sandbox/contract';
import { until } from '../../src/sandbox/driver/http';
import { FaultClinic } from '../support/faults/fault-clinic';
import { faultPlan, Random } from '../support/faults/random';
import { csvOf } from '../support/patient-rows';
import { phoneOf } from '../support/seed';

const IMPORTS = 'C0IMPORTS';
const ROWS = 1_500;
/** More than are taken back in one transaction. */
const MANY = 24_000;

let clinic: FaultClinic;
afterEach(() => clinic.close());

const fileOf = (rows: number, first: string): Buffer =>
  Buffer.from(
    csvOf(
      Array.from({ length: rows }, (_, nth) => ({
        ...{ id: `U${nth}`, mobile: phoneOf(nth), first, last: 'Lima', groups: first },
      })),
    ),
  );

const stateOf = (name: string): string =>
  clinic.rows<{ state: string }>('SELECT state FROM Import WHERE fileName = ?', name)[0]?.state ?? 'none';

/** How many patients are called so and in the group of that name. */
const called = (first: string): number =>
  clinic.rows<{ n: number }>(
    `SELECT count(*) AS n FROM Patient p JOIN GroupMember m ON m.patientId = p.id JOIN "Group" g ON g.id = m.groupId
     WHERE p.firstName = ? AND g.name = ?`,
    ...[first, first],
  )[0]?.n ?? 0;

const reaches = (name: string, state: string): Promise<unknown> =>
  until(`${name} to be ${state}`, () => Promise.resolve(stateOf(name) === state), 60_000);

async function opens(): Promise<void> {
  clinic = await FaultClinic.open();
  await clinic.app.start();
  await clinic.introduceToSlack();
}

/** Dropped, confirmed and saved. @returns its card, which offers Undo */
async function imports(name: string, content: Buffer): Promise<SandboxMessage> {
  const sender = clinic.box.staff('sender');
  const { ts: threadTs } = await sender.drops({ name, content }, IMPORTS);
  await reaches(name, 'READY');
  const card = await sender.reads('Nothing is saved before', { channel: IMPORTS, threadTs });
  await sender.presses('Confirm', card);
  await reaches(name, 'APPLIED');
  return sender.reads('It can be undone until', { channel: IMPORTS, threadTs });
}

async function dies(): Promise<void> {
  clinic.app.kill();
  await clinic.app.ended();
}

const undoEntries = (): unknown[] => clinic.rows('SELECT id FROM AuditEntry WHERE action = ?', 'import.undo');

test.each(faultPlan.seeds)(
  'an Undo that is killed is done wholly or not at all, and to its end when the app is back (FAULT_SEED=%i)',
  async (seed) => {
    const random = new Random(seed);
    await opens();
    const sender = clinic.box.staff('sender');
    await imports('right.csv', fileOf(ROWS, 'Ana'));
    const card = await imports('wrong.csv', fileOf(ROWS + 100, 'Bea'));
    const pressed = sender.presses('Undo', card).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 300)));
    await dies();
    await pressed;
    const state = stateOf('wrong.csv');
    const left = [called('Bea'), called('Ana')];
    const [before, after] = [
      [ROWS + 100, 0],
      [0, ROWS],
    ];
    const may = { APPLIED: [before], UNDOING: [before, after], UNDONE: [after] }[state];
    expect([state, may]).toEqual([state, expect.arrayContaining([left])]);

    await clinic.app.start();
    if (state === 'APPLIED') await sender.presses('Undo', await sender.again(card));
    await reaches('wrong.csv', 'UNDONE');
    expect([called('Bea'), called('Ana')]).toEqual(after);
    await sender.reads('100 patients removed, 1,500 as before*: wrong.csv is undone.', { channel: IMPORTS });
    expect(undoEntries()).toHaveLength(1);
  },
  120_000,
);

test('an Undo of many steps, killed between them, is done to its end, and its card counts everybody once', async () => {
  await opens();
  const sender = clinic.box.staff('sender');
  const card = await imports('many.csv', fileOf(MANY, 'Cleo'));
  const pressed = sender.presses('Undo', card).catch(() => undefined);
  await until('some to be gone', () => Promise.resolve(called('Cleo') < MANY));
  await dies();
  await pressed;
  expect(stateOf('many.csv')).toBe('UNDOING');
  expect(called('Cleo')).toBeGreaterThan(0);
  expect(wordsOf(await sender.again(card))).not.toContain('is undone');
  await clinic.app.start();
  await reaches('many.csv', 'UNDONE');
  expect(called('Cleo')).toBe(0);
  await sender.reads('24,000 patients removed, 0 as before*: many.csv is undone.', { channel: IMPORTS });
  expect(undoEntries()).toHaveLength(1);
}, 180_000);

test.each(['drop_after', 'hang'] as const)(
  'killed between handing the rejected rows to Slack and knowing it (%s), they are in the thread once',
  async (kind) => {
    await opens();
    const sender = clinic.box.staff('sender');
    await clinic.box.fault('slack', { method: 'files.completeUploadExternal', fault: { kind }, times: 1 });
    const content = Buffer.from(`Patient ID,Mobile\r\nR1,${phoneOf(1)}\r\nR2,12\r\n`);
    const { ts } = await sender.drops({ name: 'left.csv', content }, IMPORTS);
    const isAttempted = `SELECT id FROM Post WHERE kind = 'rejected-rows' AND state = 'POSTING'`;
    await until('the attempt', () => Promise.resolve(clinic.rows(isAttempted).length === 1));
    // By then Slack was called; should it not have been, the file is in the thread once all the same.
    await new Promise((resolve) => setTimeout(resolve, 400));
    await dies();
    await clinic.app.start();
    const isPosted = `SELECT id FROM Post WHERE kind = 'rejected-rows' AND state = 'POSTED'`;
    await until('the file', () => Promise.resolve(clinic.rows(isPosted).length === 1), 60_000);
    const { messages } = await sender.sees();
    const files = messages.filter(({ threadTs }) => threadTs === ts).flatMap((message) => message.files);
    expect(files.map(({ name }) => name)).toEqual(['left-rejected.csv']);
    expect((await sender.opens(files[0]!)).toString()).toContain('"R2","12","3"');
  },
  120_000,
);
