/** What is not meant for people, or only for some: metadata, names of files and channels, numbers for Prometheus, health. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectsIn } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const WORDS = 'My Quetzal test was positive';
const PATIENT = /Quetzal|Tepeu|617.?555/i;

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic({ env: { APPROVAL_THRESHOLD: '2' } });
  await clinic.importPatients([
    ...patients(3).map((row) => ({ ...row, first: 'Quetzal', last: 'Tepeu' })),
    { id: 'bad', mobile: 'Quetzal', first: 'Tepeu' },
  ]);
  await clinic.template({ name: 'Word', text: 'Hi {{ first_name }}' });
  const card = await clinic.sends({ template: 'Word', groups: ['Everyone'] });
  await clinic.approve();
  await clinic.shows(card, 'Done');
  await clinic.box.phone(phoneOf(1)).texts(WORDS);
  const head = await clinic.thread(WORDS);
  await clinic.marked(await clinic.answers(head, 'We call Quetzal at once'), 'white_check_mark');
  await clinic.sender.presses('Download results', await clinic.sender.again(card));
  await until('the file', async () =>
    (await clinic.sender.sees()).messages.some(({ files }) => files.some(({ name }) => name.startsWith('send-1'))),
  );
}, 60_000);
afterAll(() => clinic.close());

const metrics = async (): Promise<string> => (await fetch(`${clinic.address}/metrics`)).text();

test('what any app in a channel can read of a post: ids, and nothing of a patient', async () => {
  const { messages } = await clinic.responder.sees();
  const metadata = messages.flatMap((message) => (message.metadata === undefined ? [] : [message.metadata]));
  expect(metadata.length).toBeGreaterThan(4);
  expect(JSON.stringify(metadata)).not.toMatch(PATIENT);
  for (const payload of metadata) {
    const { id, origin } = (payload as { event_payload: Record<string, string> }).event_payload;
    expect(id).toMatch(/^[a-z-]+(:[\w.]+)*$/);
    if (origin !== undefined) expect(origin).toMatch(/^(reply|head):(SM|MM)[0-9a-f]{32}$/);
  }
});

test('what buttons, blocks and forms carry unseen: no number and no text', async () => {
  const everybody = [clinic.sender, clinic.reviewer, clinic.responder, clinic.admin];
  const states = await Promise.all(everybody.map((person) => person.sees()));
  const unseen = [...objectsIn(states.flatMap(({ messages }) => messages.map(({ blocks }) => blocks)))].flatMap(
    ({ value, action_id, block_id, private_metadata }) => [value, action_id, block_id, private_metadata],
  );
  expect(unseen.filter((one) => one !== undefined).length).toBeGreaterThan(10);
  expect(JSON.stringify(unseen)).not.toMatch(PATIENT);
});

test('names and titles of files that the app makes', async () => {
  const people = [clinic.sender, clinic.responder];
  const seen = (await Promise.all(people.map((person) => person.sees()))).flatMap(({ messages }) => messages);
  const made = seen.filter(({ isBot }) => isBot).flatMap(({ files }) => files);
  expect(made.length).toBeGreaterThan(1);
  for (const { name, title } of made as { name: string; title?: string }[])
    expect(`${name} ${title ?? ''}`).not.toMatch(PATIENT);
});

test('/metrics and /healthz: counts, and labels from a fixed list', async () => {
  const text = await metrics();
  const health = await (await fetch(`${clinic.address}/healthz`)).text();
  expect(text + health).not.toMatch(PATIENT);
  const own = text.split('\n').filter((line) => line.startsWith('carethread_'));
  expect(own.length).toBeGreaterThan(8);
  for (const line of own)
    expect(line).toMatch(/^carethread_\w+(\{outcome="(accepted|refused|not_sent|unknown)"\})? [\d.e+-]+$/);
});

test('the dashboard for Grafana asks for numbers that there are', async () => {
  const dashboard = readFileSync(join(__dirname, '../../deploy/grafana-dashboard.json'), 'utf8');
  const asked = new Set(dashboard.match(/(carethread|process|nodejs)_\w+/g));
  const told = await metrics();
  expect(asked.size).toBeGreaterThan(6);
  for (const name of asked) expect([name, told.includes(`\n${name}`) || told.startsWith(name)]).toEqual([name, true]);
});
