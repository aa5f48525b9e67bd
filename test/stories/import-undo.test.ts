import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { BOSTON, csvOf, phoneOf, type Row } from '../support/patient-rows';

const labels = ({ blocks }: SandboxMessage): string[] => buttonsIn(blocks).map(({ label }) => label);

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());

/** Dropped, confirmed and done. @returns the card, which offers Undo */
const imports = async (rows: readonly Row[], name: string): Promise<SandboxMessage> => {
  const card = await clinic.drops(csvOf(rows), name);
  await clinic.sender.presses('Confirm', card);
  return clinic.shows(card, 'It can be undone until');
};

/** What the preview says of a file, which is not imported. */
const compared = async (rows: readonly Row[], name: string): Promise<string> => {
  const card = await clinic.drops(csvOf(rows), name);
  if (labels(card).includes('Cancel')) await clinic.sender.presses('Cancel', card);
  return wordsOf(card);
};

const ana = (row: Partial<Row> = {}): Row => ({
  id: 'A1',
  mobile: phoneOf(1),
  first: 'Ana',
  last: 'Reyes',
  zip: BOSTON,
  groups: 'First dose',
  ...row,
});

test('Undo takes new patients out, puts changed ones back as they were, and leaves no groups behind', async () => {
  await imports([ana()], 'before.csv');
  const changed = [
    ana({ mobile: phoneOf(2), first: 'Anna', zip: '60623', language: 'Spanish', groups: 'Second dose' }),
    { id: 'A2', mobile: phoneOf(3), first: 'Ben', groups: 'Second dose' },
  ];
  const card = await imports(changed, 'mistake.csv');
  await clinic.sender.presses('Undo', card);
  const undone = await clinic.shows(card, '1 patient removed, 1 as before*: mistake.csv is undone.');
  expect(labels(undone)).toEqual([]);
  expect(wordsOf(undone)).toContain(`Undone by <@${clinic.sender.id}>`);
  expect(await compared([ana()], 'compare.csv')).toContain(
    'Nothing to do: 1 patient in the file, all known and unchanged.',
  );
  await clinic.sender.types('/outreach patient A2', CHANNELS.outreach);
  await clinic.sender.reads('Nobody is found by that', { channel: CHANNELS.outreach });
  await clinic.sender.types('/outreach groups', CHANNELS.outreach);
  const groups = wordsOf(await clinic.sender.reads('First dose', { channel: CHANNELS.outreach }));
  expect(groups).toMatch(/\*1\* patient[^\n]*First dose/);
  expect(groups).not.toContain('Second dose');
  // What is undone can be imported again.
  expect(await compared(changed, 'again.csv')).toContain('1 new, 1 changed');
});

test('who was texted or changed since stays, and the card says so; what the file said of opting out stays', async () => {
  const rows = [
    { id: 'T1', mobile: phoneOf(10), first: 'Texted', zip: BOSTON, groups: 'Texted' },
    { id: 'T2', mobile: phoneOf(11), first: 'Changed', zip: BOSTON },
    { id: 'T3', mobile: phoneOf(12), first: 'Out', optedOut: 'yes' },
    { id: 'T4', mobile: phoneOf(13), first: 'Stops', zip: BOSTON },
  ];
  const card = await imports(rows, 'mixed.csv');
  await clinic.template({ name: 'Hello', text: 'Hello {{ first_name }}' });
  await clinic.sends({ template: 'Hello', groups: ['Texted'] });
  await clinic.box.phone(phoneOf(10)).receives('Hello Texted');
  await clinic.box.phone(phoneOf(13)).texts('STOP');
  await clinic.thread(/STOP/i);
  await imports([{ ...rows[1]!, first: 'Corrected' }], 'correction.csv');
  await clinic.sender.presses('Undo', card);
  const words = wordsOf(await clinic.shows(card, 'is undone'));
  expect(words).toContain('1 patient removed, 0 as before');
  expect(words).toContain('1 patient stays as they are: somebody changed them since.');
  expect(words).toContain('2 new patients stay: they were texted, or wrote, since.');
  expect(words).toContain('Opt-outs that the file brought stay');
  const again = await compared([{ ...rows[2]!, optedOut: '' }], 'out-again.csv');
  expect(again).toContain('1 new');
});

test('Undo pressed twice and by two people is done once; by who has not the role it is refused', async () => {
  const card = await imports([{ id: 'U1', mobile: phoneOf(30), first: 'Uma' }], 'twice.csv');
  await clinic.responder.presses('Undo', card);
  await until('the refusal', async () =>
    (await clinic.responder.sees()).messages.find(
      (message) => message.threadTs === card.threadTs && wordsOf(message).includes('may bring patients in'),
    ),
  );
  await Promise.all([clinic.sender.presses('Undo', card), clinic.admin.presses('Undo', card)]);
  await clinic.shows(card, '1 patient removed, 0 as before');
  await until('who came second to be told', async () => {
    const all = [...(await clinic.sender.sees()).messages, ...(await clinic.admin.sees()).messages];
    return all.find(
      (message) => message.threadTs === card.threadTs && /This import is (being )?undone/.test(wordsOf(message)),
    );
  });
});

test('after an hour an import stays', async () => {
  const card = await imports([{ id: 'H1', mobile: phoneOf(40), first: 'Hana' }], 'hour.csv');
  await clinic.box.advanceClock(61 * 60_000);
  await clinic.sender.presses('Undo', card);
  await clinic.sender.reads('An import can be undone for an hour', { channel: CHANNELS.imports });
  const later = await until('Undo to be gone', async () => {
    const now = await clinic.sender.again(card);
    return labels(now).length === 0 && now;
  });
  expect(wordsOf(later)).not.toContain('It can be undone');
});
