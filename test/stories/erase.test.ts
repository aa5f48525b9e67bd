/** A patient asks what is kept of them, and then to be forgotten. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

let clinic: Clinic;
const WORDS = 'My test was positive, what now?';
const ANSWER = 'Stay at home, we call you';

const lookUp = async (id: string, by: Person = clinic.admin): Promise<SandboxMessage> => {
  const before = (await by.sees()).messages.length;
  await by.types(`/outreach patient ${id}`, CHANNELS.outreach);
  return until(`an answer to ${id}`, async () =>
    (await by.sees()).messages.slice(before).find(({ ephemeralFor }) => ephemeralFor === by.id),
  );
};

const erase = async (id: string, reason: string) => {
  await clinic.admin.presses('Erase', await lookUp(id));
  // Whom: several cards may stand one below the other.
  await until('the form', async () => wordsIn((await clinic.admin.modal()).view).includes(`id ${id}`));
  return clinic.admin.submits({ 'Why?': reason });
};

beforeAll(async () => {
  clinic = await openClinic();
  const [ana, luis, mei, sam] = patients(4);
  await clinic.importPatients([
    { ...ana!, first: 'Ana', last: 'Okafor' },
    luis!,
    { ...mei!, first: 'Mei', last: 'Chen' },
    { ...sam!, first: 'Sam', last: 'Chen', mobile: phoneOf(3) },
  ]);
  await clinic.template({ name: 'Results', text: 'Hi {{ first_name }}, your result is ready.' });
  await clinic.shows(await clinic.sends({ template: 'Results', groups: ['Everyone'] }), 'Done, 4 of 4 sent');
  await clinic.box.phone(phoneOf(1)).texts(WORDS);
  await clinic.box.phone(phoneOf(3)).texts('From the Chens');
  await clinic.thread('From the Chens');
  const head = await clinic.thread(WORDS);
  await clinic.marked(await clinic.answers(head, ANSWER), 'white_check_mark');
}, 60_000);
afterAll(() => clinic.close());

test('only admins see the buttons', async () => {
  const labels = async (by: Person) => buttonsIn((await lookUp('1001', by)).blocks).map(({ label }) => label);
  expect(await labels(clinic.admin)).toEqual(expect.arrayContaining(['Export data', 'Erase']));
  expect(await labels(clinic.responder)).not.toContain('Erase');
});

test('the file holds what is kept, goes to the one who asked only, and is on the record', async () => {
  await clinic.admin.presses('Export data', await lookUp('1001'));
  const file = await until('the file', async () =>
    (await clinic.admin.sees()).messages.flatMap(({ files }) => files).find(({ name }) => name === 'patient-1.json'),
  );
  const data = JSON.parse((await clinic.admin.opens(file)).toString()) as {
    profile: { firstName: string };
    texts: { text: string }[];
    groups: string[];
  };
  expect(data.profile.firstName).toBe('Ana');
  expect(data.texts.map(({ text }) => text)).toEqual(['Hi Ana, your result is ready.', WORDS, ANSWER]);
  expect(clinic.audit().at(-1)).toMatchObject({ action: 'patient.export', actor: clinic.admin.id, patientId: 1 });
});

test('without a reason nothing is erased', async () => {
  const { responseAction } = await erase('1001', '   ');
  expect(responseAction).toBe('errors');
  expect(wordsOf(await lookUp('1001'))).toContain('Ana O.');
});

test('erased: nothing of the patient is left here, at Twilio, or in the app’s posts; the opt-out is', async () => {
  await clinic.box.phone(phoneOf(1)).texts('STOP');
  const head = await clinic.thread(/Ana O\.[\s\S]*Opted out/);
  await erase('1001', 'Asked for it in writing');
  expect(wordsIn((await clinic.admin.modal()).view)).toMatch(/erased, with 4 texts[\s\S]*stays opted out/);
  const { Phone: phones, AuditEntry: audit, ...rows } = clinic.rows();
  const left = JSON.stringify(rows);
  for (const trace of ['Ana', 'Okafor', phoneOf(1), '"1001"', WORDS, ANSWER]) expect(left).not.toContain(trace);
  expect(phones).toContainEqual(expect.objectContaining({ number: phoneOf(1), optedOutVia: 'reply' }));
  expect(JSON.stringify(audit)).not.toMatch(/Ana|Okafor|positive/);
  expect(clinic.audit().findLast(({ action }) => action === 'patient.erase')).toMatchObject({
    actor: clinic.admin.id,
    patientId: 1,
  });
  await until('Twilio has forgotten', async () =>
    // What Twilio itself answers to STOP is its own.
    (await clinic.box.records()).every(({ body }) => !/Ana|positive|Stay at home/.test(body)),
  );
  await until('my posts say nothing of it', async () => {
    const thread = [await clinic.responder.again(head), ...(await clinic.inThread(head))];
    return !thread.filter(({ isBot }) => isBot).some((post) => /Ana|positive/.test(wordsOf(post)));
  });
}, 60_000);

test('nobody can be texted from the thread that is left, nor by the next file', async () => {
  const [ana] = patients(1);
  await clinic.importPatients([ana!]);
  expect(wordsOf(await lookUp('1001'))).toContain('Opted out');
});

test('who shares a number keeps it, with the conversation', async () => {
  await erase('1003', 'Moved away');
  expect(wordsIn((await clinic.admin.modal()).view)).toContain('Others have this number');
  expect(wordsOf(await clinic.thread('From the Chens'))).toContain('Sam C.');
  await clinic.box.phone(phoneOf(3)).texts('Still here');
  await clinic.thread(/Sam C\.[\s\S]*Still here/);
});

test('the same from the command line, beside the running app', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carethread-erase-'));
  const env = { ...process.env, DATABASE_URL: clinic.databaseUrl };
  const program = resolve('dist/app/index.js');
  const run = async (...words: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [program, 'patient', ...words], { cwd: folder, env })).stdout;
  try {
    expect(await run('export', '1002')).toContain('Written to patient-2.json');
    expect(readFileSync(join(folder, 'patient-2.json'), 'utf8')).toContain(phoneOf(2));
    expect(await run('erase', '1002', '--reason', 'Asked for it', '--yes')).toContain('Erased, with 1 text');
    expect(wordsOf(await lookUp('1002'))).toContain('Nobody is found');
    expect(clinic.audit().at(-1)).toMatchObject({
      action: 'patient.erase',
      actor: `cli:${userInfo().username}`,
      patientId: 2,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);
