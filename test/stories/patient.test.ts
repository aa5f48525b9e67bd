import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { CHICAGO, patients, phoneOf } from '../support/patient-rows';

const STAFF_NUMBER = '+16175552077';

describe('A patient’s card', () => {
  let clinic: Clinic;
  const lookUp = async (words: string, by: Person = clinic.responder): Promise<SandboxMessage> => {
    const before = (await by.sees()).messages.length;
    await by.types(`/outreach patient ${words}`, CHANNELS.outreach);
    return until(`an answer to ${words}`, async () =>
      (await by.sees()).messages.slice(before).find(({ ephemeralFor }) => ephemeralFor === by.id),
    );
  };
  const labels = (card: SandboxMessage): string[] => buttonsIn(card.blocks).map(({ label }) => label);
  const saved = async (by: Person = clinic.responder): Promise<string> => wordsIn((await by.modal()).view);

  beforeAll(async () => {
    clinic = await openClinic();
    const [ana, luis, mei] = patients(3);
    await clinic.importPatients([
      { ...ana!, first: 'Ana', last: 'Rivera' },
      { ...luis!, first: 'Luis', last: 'Rivera', mobile: phoneOf(1) },
      { ...mei!, first: 'Mei', last: 'Chen' },
    ]);
    await clinic.importPatients(`Kind,Mobile,First name,Last name\nstaff,${STAFF_NUMBER},Sam,Okonkwo`);
    await clinic.box.phone(phoneOf(3)).texts('I have a fever');
    await clinic.thread('I have a fever');
  });
  afterAll(() => clinic.close());

  test('nobody: what to try; several: a list to choose from; one: the card', async () => {
    expect(wordsOf(await lookUp('Zzz'))).toContain('its last four digits');
    const several = await lookUp('riv');
    expect(wordsOf(several)).toMatch(/Ana R\.[\s\S]*Luis R\./);
    await clinic.responder.presses('Open', several);
    const ana = await clinic.shows(several, 'No texts yet', clinic.responder);
    expect(wordsOf(ana)).toContain('*Ana R.*');
    expect(wordsOf(ana)).not.toContain('Luis');
    expect(wordsOf(ana)).toContain('1 other patient has this number');
    for (const words of ['Ana R.', 'ana rivera', '2001 Ana', 'Mei ··2003', '1003']) {
      expect(wordsOf(await lookUp(words))).toMatch(/\*(Ana R|Mei C)\.\*/);
    }
    expect(wordsOf(await lookUp(phoneOf(1)))).toMatch(/Ana R\.[\s\S]*Luis R\./);
  });

  test('shows the last texts and the thread to responders; senders see that there were some', async () => {
    const card = await lookUp('Mei');
    const words = wordsOf(card);
    expect(words).toContain('From the patient');
    expect(words).toContain('I have a fever');
    expect(words).toContain('|Open the conversation>');
    expect(words).toContain('America/New_York (from zip)');
    expect(labels(card)).toEqual(['Reveal', 'Text', 'Edit', 'Add to group', 'Opt out']);
    const senders = await lookUp('Mei', clinic.sender);
    expect(wordsOf(senders)).toContain('From the patient');
    expect(wordsOf(senders)).not.toContain('fever');
    expect(labels(senders)).toEqual(['Edit', 'Add to group']);
    expect(wordsOf(await lookUp('Mei', clinic.reviewer))).toContain('may look patients up');
  });

  test('a profile that goes by its number does not show it as the id', async () => {
    const words = wordsOf(await lookUp('Sam'));
    expect(words).toContain('*Sam O.*  ·  staff  ·  •••• 2077  ·  id •••• 2077');
    expect(words).not.toContain(STAFF_NUMBER);
  });

  test('Reveal works on it', async () => {
    await clinic.responder.presses('Reveal', await lookUp('Mei'));
    await clinic.responder.submits({ 'Why do you need the full name and number?': 'to call back' });
    expect(await saved()).toContain('*Mei Chen*');
  });

  test('Edit says at each field what is wrong, as an import does, and shows no more than the card', async () => {
    await clinic.responder.presses('Edit', await lookUp('Mei'));
    const form = (await clinic.responder.modal()).view;
    expect(JSON.stringify(form)).not.toMatch(/Chen|6175552003/);
    const wrong = { 'Mobile number': '617-555-0123', Language: 'Klingonese', ZIP: 'x', 'Time zone': 'Mars' };
    const { responseAction, errors } = await clinic.responder.submits(wrong);
    expect(responseAction).toBe('errors');
    expect(Object.values(errors ?? {}).join(' ')).toMatch(/reserved for fiction.*language.*ZIP.*time zone/);
    await clinic.responder.submits({ 'Mobile number': '', Language: 'español', ZIP: CHICAGO, 'Time zone': '' });
    const words = await saved();
    expect(words).toContain('✅ Saved: language, ZIP.');
    expect(words).toContain('Spanish');
    expect(words).toMatch(/America\/Chicago and America\/New_.?York \(from zip and area code\)/);
    const row = clinic.audit().findLast(({ action }) => action === 'patient.edit');
    expect(row).toMatchObject({ actor: clinic.responder.id, patientId: 3, subject: 'patient:3' });
    expect(JSON.parse(row!.detail)).toEqual({
      before: { language: null, zip: '021••' },
      after: { language: 'es', zip: '606••' },
    });
  });

  test('a new number takes the opt-out with it, and what waits for the old one goes to nobody', async () => {
    await clinic.template({ name: 'Later', text: 'Hi {{ first_name }}' });
    const startAt = new Date((await clinic.box.now()).getTime() + 600_000);
    const send = await clinic.sends({ template: 'Later', groups: ['Everyone'], startAt });
    await clinic.responder.presses('Opt out', await lookUp('Ana'));
    await clinic.responder.presses('Edit', await lookUp('Ana'));
    await clinic.responder.submits({ 'Mobile number': '(617) 555-2999' });
    expect(await saved()).toMatch(/What waited for the old number is not sent/);
    const words = wordsOf(await lookUp('2999'));
    expect(words).toMatch(/Ana R\.[\s\S]*🚫 \*Opted out\*.*taken over from the former number/);
    await clinic.responder.presses('Edit', await lookUp('Mei'));
    await clinic.responder.submits({ 'Mobile number': '617-555-2998' });
    await clinic.box.moveClockTo(startAt);
    await clinic.shows(send, /Done/);
    expect(await clinic.received()).toEqual([]);
  });

  test('Opt out says since when and by whom, once', async () => {
    const [card, again] = [await lookUp('Sam'), await lookUp('Sam')];
    await clinic.responder.presses('Opt out', card);
    const after = await clinic.shows(card, '🚫 *Opted out*', clinic.responder);
    expect(wordsOf(after)).toContain(`entered by staff (<@${clinic.responder.id}>)`);
    expect(labels(after)).not.toContain('Opt out');
    await clinic.responder.presses('Opt out', again);
    await clinic.shows(again, '🚫 *Opted out*', clinic.responder);
    const rows = clinic.audit().filter(({ action, patientId }) => action === 'phone.opt_out' && patientId === 4);
    expect(rows).toHaveLength(1);
  });

  test('Add to group: chosen groups, a new one, and out of one', async () => {
    await clinic.sender.presses('Add to group', await lookUp('Mei', clinic.sender));
    await clinic.sender.submits({ Groups: ['Everyone'], 'A new group': '2nd <!here> dose' });
    expect(await saved(clinic.sender)).toMatch(/in .*2nd.*dose, Everyone|in Everyone, 2nd.*dose/);
    await clinic.sender.presses('Add to group', await lookUp('Mei', clinic.sender));
    await clinic.sender.submits({ Groups: ['2nd'] });
    expect(await saved(clinic.sender)).not.toContain('Everyone');
    const rows = clinic.audit().filter(({ action }) => action === 'patient.groups');
    expect(rows.map(({ detail }) => JSON.parse(detail) as unknown)).toEqual([
      { added: [2], removed: [] },
      { added: [], removed: [1] },
    ]);
  });

  test('Text opens the conversation', async () => {
    await clinic.responder.presses('Text', await lookUp('Mei'));
    await clinic.responder.reads(/The conversation with .* is open/);
  });

  test('accents and capitals make no difference, whichever way round', async () => {
    await clinic.importPatients([
      { id: '5001', mobile: '+16175552901', first: 'José', last: 'Muñoz', groups: 'Everyone' },
    ]);
    for (const typed of ['jose', 'JOSÉ munoz', 'Munoz, Jose', 'jose m.']) {
      expect(wordsOf(await lookUp(typed))).toContain('José M.');
    }
    expect(wordsOf(await lookUp('josef'))).toContain('Nobody is found');
  });
});
