import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { naughtyStrings } from '../support/naughty';
import { patients } from '../support/patient-rows';

describe('Groups', () => {
  let clinic: Clinic;

  /** What the app answers to `/outreach groups …`, to the one who asked. */
  const groups = async (words = '', by: Person = clinic.sender): Promise<SandboxMessage> => {
    const before = (await by.sees()).messages.length;
    await by.types(`/outreach groups ${words}`, CHANNELS.outreach);
    return until(`an answer to ${words}`, async () =>
      (await by.sees()).messages.slice(before).find(({ ephemeralFor }) => ephemeralFor === by.id),
    );
  };
  const says = async (words: string): Promise<string> => wordsOf(await groups(words));
  const labels = (card: SandboxMessage): string[] => buttonsIn(card.blocks).map(({ label }) => label);
  const actions = (): string[] => clinic.audit().flatMap(({ action }) => (action.startsWith('group.') ? [action] : []));
  const form = async (): Promise<string> => wordsIn((await clinic.sender.modal()).view);

  beforeAll(async () => {
    clinic = await openClinic();
    const [ana, luis, mei] = patients(3);
    await clinic.importPatients([
      { ...ana!, groups: 'Seniors; Back to school' },
      { ...luis!, groups: 'Seniors; Volunteers' },
      { ...mei!, groups: 'Volunteers' },
    ]);
    await clinic.template({ name: 'Word', text: 'Hi {{ first_name }}' });
  });
  afterAll(() => clinic.close());

  test('are made by words, and no name is there twice, whatever its case and spacing', async () => {
    expect(await says('new “2nd dose”')).toContain('“2nd dose” is there, with nobody in it yet');
    expect(await says('new  2ND   Dose')).toContain('There is a group “2nd dose” already');
    expect(await says(`new "${'x'.repeat(81)}"`)).toContain('81 characters are too many');
    expect(await says('')).toMatch(/\*2\* patients[^\n]*Seniors/);
    expect(await says('')).toMatch(/\*0\* patients[^\n]*2nd dose/);
  });

  test('are renamed: with quotes or without, also where “to” is part of the name', async () => {
    expect(await says('rename Back to school to "School"')).toMatch(
      /Back to school” is called “School” now. 1 patient is/,
    );
    expect(await says('rename “School” to “Back to school”')).toContain('“School” is called “Back to school” now');
    expect(await says('rename seniors to SENIORS')).toContain('“Seniors” is called “SENIORS” now');
    expect(await says('rename SENIORS to Seniors')).toContain('is called “Seniors” now');
    expect(await says('rename Seniors to volunteers')).toContain('There is a group “Volunteers” already');
    expect(await says('rename Senoirs to Elders')).toContain('There is no group “Senoirs”. Did you mean “Seniors”?');
    expect(await says('rename Seniors')).toContain('Write both names');
  });

  test('what takes patients out is asked first, says how many, and is done once however often it is pressed', async () => {
    const asked = await groups('merge "Volunteers" into "Seniors"');
    expect(wordsOf(asked)).toContain('Put 2 patients of “Volunteers” into “Seniors”?');
    const askedTwice = await groups('merge Volunteers into Seniors');
    await clinic.sender.presses('Merge these groups', asked);
    await clinic.shows(asked, '2 patients of “Volunteers” are in “Seniors” now, and “Volunteers” is deleted');
    await clinic.sender.presses('Merge these groups', askedTwice);
    await clinic.shows(askedTwice, 'merged already');
    expect(await says('')).toMatch(/\*3\* patients[^\n]*Seniors/);
    expect(await says('merge Seniors into seniors')).toContain('one and the same group');

    const empty = await groups('empty “Back to school”');
    await clinic.importPatients([{ ...patients(2)[1]!, groups: 'Back to school' }]);
    await clinic.sender.presses('Empty this group', empty);
    const again = await clinic.shows(empty, 'Take 2 patients out of “Back to school”?');
    await clinic.sender.presses('Empty this group', again);
    await clinic.shows(empty, '2 patients taken out of “Back to school”');
    expect(actions()).toEqual(expect.arrayContaining(['group.create', 'group.rename', 'group.merge', 'group.empty']));
    expect(actions().filter((action) => action === 'group.empty')).toHaveLength(1);
    expect(await says('empty Senior')).toContain('Did you mean “Seniors”?');
  });

  test('a send keeps its patients when its group goes, and its card the group’s name; the name is free again', async () => {
    const card = await clinic.send({ template: 'Word', groups: ['Seniors'] });
    const asked = await groups('delete Seniors');
    expect(wordsOf(asked)).toMatch(/Delete “Seniors”, with 3 patients in it\?[\s\S]*Send \d+ keeps the patients/);
    const askedTwice = await groups('delete “seniors”');
    await clinic.sender.presses('Delete this group', asked);
    await clinic.shows(asked, '“Seniors” is deleted. 3 patients were in it');
    await clinic.sender.presses('Send now', card);
    await until('three texts', async () => (await clinic.received()).length === 3);
    expect(wordsOf(await clinic.shows(card, 'Seniors (deleted since)'))).toContain('Word');
    expect(await says('new Seniors')).toContain('“Seniors” is there, with nobody in it yet');
    await clinic.sender.presses('Delete this group', askedTwice);
    await clinic.shows(askedTwice, 'is deleted already');
    expect(await says('')).toMatch(/\*0\* patients[^\n]*Seniors/);
  });

  test('are changed by the menu beside each, and made by a button', async () => {
    const list = await groups('2nd');
    await clinic.sender.chooses('Rename', list);
    await clinic.sender.submits({ Name: '2nd dose, spring' });
    expect(await form()).toContain('“2nd dose” is called “2nd dose, spring” now');
    await clinic.sender.presses('New group', await groups());
    await until('the form', async () => (await form()).includes('Such as'));
    await clinic.sender.submits({ Name: 'Outing' });
    await clinic.importPatients([{ ...patients(1)[0]!, groups: 'Outing' }]);
    await clinic.sender.chooses('Merge into another group', await groups('outing'));
    await until('the form', async () => (await form()).includes('This cannot be undone'));
    await clinic.sender.submits({ Into: '2nd dose, spring (0)' });
    expect(await form()).toContain('1 patient of “Outing” is in “2nd dose, spring” now');
    const again = await groups('spring');
    await clinic.sender.chooses('Delete', again);
    const asked = await clinic.shows(again, 'Delete “2nd dose, spring”, with 1 patient in it?');
    await clinic.sender.presses('Leave it as it is', asked);
    await clinic.shows(again, /\*1\* patient[^\n]*2nd dose, spring/);
  });

  test('fill pages when there are many, with names of every kind', async () => {
    const names = naughtyStrings.filter((name) => /^[^;,|\r\n]{1,60}$/.test(name)).slice(0, 45);
    await clinic.importPatients(names.map((name, nth) => ({ ...patients(45)[nth]!, groups: name })));
    const first = await groups();
    expect(labels(first)).toContain('Next (page 2 of 3)');
    await clinic.sender.presses('Next (page 2 of 3)', first);
    await until('the second page', async () => labels(await clinic.sender.again(first)).includes('Back'));
  });

  test('a draft is not changed to reach more people than its card shows, when a group that narrows it is gone', async () => {
    const rows = patients(3).map((row, nth) => ({ ...row, groups: nth === 0 ? 'Fall; Away' : 'Fall; Spring' }));
    await clinic.importPatients(rows);
    const drafts = async (answers: Record<string, string | string[]>, words: RegExp): Promise<SandboxMessage> => {
      await clinic.sender.types('/outreach send', CHANNELS.outreach);
      await clinic.sender.submits({ Template: 'Word', When: 'Now', ...answers });
      return clinic.sender.reads(words, { channel: CHANNELS.outreach });
    };
    const except = await drafts(
      { Groups: ['Fall'], 'Except groups': ['Away'] },
      /2 patients would get “Word”[^]*Fall, except Away/,
    );
    const either = await drafts({ Groups: ['Fall', 'Spring'] }, /3 patients would get “Word”[^]*Fall or Spring/);
    for (const name of ['Away', 'Spring']) {
      const asked = await groups(`delete ${name}`);
      await clinic.sender.presses('Delete this group', asked);
      await clinic.shows(asked, 'is deleted');
    }
    const modals = (await clinic.sender.sees()).modals.length;
    await clinic.sender.presses('Change', except);
    await clinic.sender.reads('“Away”, which this send leaves out, was deleted since', { channel: CHANNELS.outreach });
    expect((await clinic.sender.sees()).modals).toHaveLength(modals);
    await clinic.shows(except, '2 patients would get');

    await clinic.sender.presses('Change', either);
    const gone = await until('the form', async () => /Spring was deleted since[^\n]*/.exec(await form())?.[0]);
    expect(gone).toContain('no longer goes to its patients');
    await clinic.sender.submits({ Template: 'Word' });
    await clinic.shows(either, 'Nothing was sent.');
  });

  test('whose names look like Slack’s own signs call nobody when they stand in a refusal', async () => {
    const asked = await groups('new Fun & <!channel>');
    expect(asked.text).toContain('“Fun &amp; &lt;!channel&gt;” is there');
    expect((await groups('new Fun & <!channel>')).text).toContain(
      'There is a group “Fun &amp; &lt;!channel&gt;” already.',
    );
    expect((await groups('delete Fun & <!chanel>')).text).toContain('Did you mean “Fun &amp; &lt;!channel&gt;”?');
  });

  test('are for responders to look at, not to change', async () => {
    const list = await groups('seniors', clinic.responder);
    expect(wordsOf(list)).toContain('Seniors');
    expect(labels(list)).not.toContain('New group');
    expect(wordsOf(await groups('delete Seniors', clinic.responder))).toContain('may bring patients in');
  });
});
