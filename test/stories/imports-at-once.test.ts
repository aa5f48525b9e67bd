import Database from 'better-sqlite3';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import type { SandboxMessage } from '../../src/sandbox/contract';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { BOSTON, csvOf, phoneOf, type Row } from '../support/patient-rows';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());

const rows = (prefix: string, from: number, to: number, groups: string): Row[] =>
  Array.from({ length: to - from }, (_, nth) => ({
    ...{ id: `${prefix}${from + nth}`, mobile: phoneOf(from + nth), first: prefix, last: 'Reyes', zip: BOSTON, groups },
  }));

const groups = async (words: string, by: Person = clinic.sender): Promise<string> => {
  const before = (await by.sees()).messages.length;
  await by.types(`/outreach groups ${words}`, CHANNELS.outreach);
  const answer = (): Promise<SandboxMessage | undefined> =>
    by.sees().then(({ messages }) => messages.slice(before).find(({ ephemeralFor }) => ephemeralFor === by.id));
  return wordsOf(await until('an answer', answer));
};

test('two people import at once: each file’s patients and groups are its own', async () => {
  const east = rows('East', 1, 401, 'East side');
  // The same numbers for some of them, and a group in common.
  const west = [...rows('West', 301, 801, 'West side'), ...rows('Both', 900, 910, 'East side')];
  const [one, other] = await Promise.all([
    clinic.drops(csvOf(east), 'east.csv', clinic.sender),
    clinic.drops(csvOf(west), 'west.csv', clinic.admin),
  ]);
  expect(wordsOf(one)).toContain('400 new');
  expect(wordsOf(other)).toContain('510 new');
  await Promise.all([clinic.sender.presses('Confirm', one), clinic.admin.presses('Confirm', other)]);
  const cards = await Promise.all([clinic.shows(one, 'is imported'), clinic.shows(other, 'is imported')]);
  expect(cards.map(wordsOf)).toEqual([
    expect.stringContaining('400 new, 0 changed*: east.csv'),
    expect.stringContaining('510 new, 0 changed*: west.csv'),
  ]);
  const listed = await groups('side');
  expect(listed).toMatch(/\*410\* patients[^\n]*East side/);
  expect(listed).toMatch(/\*500\* patients[^\n]*West side/);
});

test('while a file is being saved, nothing is sent to its groups nor done to them; after that it is', async () => {
  await clinic.template({ name: 'Word', text: 'Hi {{ first_name }}' });
  const card = await clinic.drops(csvOf(rows('Late', 950, 955, 'East side')), 'late.csv');
  // As a process leaves it that dies in the middle of saving.
  const books = new Database(clinic.databaseUrl.replace(/^file:/, ''));
  books.prepare(`UPDATE Import SET state = 'APPLYING', decidedBy = requestedBy WHERE fileName = 'late.csv'`).run();
  books.close();
  await clinic.sender.types('/outreach send', CHANNELS.outreach);
  await clinic.sender.submits({ Template: 'Word', Groups: ['East side (410)'], When: 'Now' });
  await clinic.sender.reads('Patients of “East side” are still being saved (late.csv)');
  expect(await groups('rename “East side” to “East”')).toContain('Patients of late.csv are being saved right now.');
  await clinic.stopApp();
  await clinic.startApp();
  await clinic.shows(card, 'late.csv is imported');
  expect(await groups('east')).toMatch(/\*415\* patients[^\n]*East side/);
  expect(await groups('rename “East side” to “East”')).toContain('is called “East” now');
});

test('what another process has left half saved, the app that goes on saves to its end', async () => {
  const card = await clinic.drops(csvOf(rows('Left', 960, 963, 'North side')), 'left.csv');
  // As the command line leaves it that dies while it saves.
  const books = new Database(clinic.databaseUrl.replace(/^file:/, ''));
  books.prepare(`UPDATE Import SET state = 'APPLYING', decidedBy = requestedBy WHERE fileName = 'left.csv'`).run();
  books.close();
  await until('left.csv to be saved', async () => {
    await clinic.box.advanceClock(31_000);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return wordsOf(await clinic.sender.again(card)).includes('left.csv is imported');
  });
  expect(await groups('north')).toMatch(/\*3\* patients[^\n]*North side/);
});
