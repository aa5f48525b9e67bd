import { buttonsIn, type FieldValue, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { SandboxMessage } from '../../src/sandbox/contract';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const HELLO = {
  name: 'Hello',
  text: 'Hi {{ first_name }}, {{ clinic_name }} is open. Reply YES or NO.',
  spanish: 'Hola {{ first_name }}, {{ clinic_name }} abre. Responda SI o NO.',
  replies: 'YES, NO',
};

/** Pat1 and Pat2 are Seniors, Pat2 and Pat3 wait for a second dose; Pat4 has opted out. */
describe('Whom a send is for', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic();
    const [ana, ben, cleo, dan] = patients(4);
    await clinic.importPatients([
      { ...ana!, groups: 'Seniors' },
      { ...ben!, groups: 'Seniors;Second dose', language: 'Spanish' },
      { ...cleo!, groups: 'Second dose', language: 'Vietnamese' },
      { ...dan!, groups: 'Volunteers', optedOut: 'yes' },
    ]);
    await clinic.template(HELLO);
  });
  afterAll(() => clinic.close());

  const opens = async (words: string) => {
    const before = (await clinic.sender.sees()).modals.at(-1)?.id;
    await clinic.sender.types(`/outreach send ${words}`, CHANNELS.outreach);
    await until('the form', async () => (await clinic.sender.sees()).modals.some(({ id }) => id !== before));
  };
  const typed = async (words: string) => {
    await opens(words);
    await clinic.sender.submits({ Template: 'Hello' });
  };

  test('words open the form filled in, and “and” is for who is in both', async () => {
    await typed('hello to "Seniors" and "second dose"');
    const card = await clinic.sender.reads('1 patient would get “Hello”', { channel: CHANNELS.outreach });
    expect(wordsOf(card)).toContain('in both Second dose and Seniors');
    expect(wordsOf(card)).toContain('Hola Pat2');
  });

  test('except leaves out, languages are counted, and who is left out can be downloaded', async () => {
    await typed('hello to Seniors, "Second dose" except Seniors');
    expect((await clinic.sender.sees()).modals.length).toBe(1);
    await typed('hello to "Second dose", Volunteers');
    const card = await clinic.sender.reads('2 patients would get “Hello”', { channel: CHANNELS.outreach });
    expect(wordsOf(card)).toContain('no text in Vietnamese (1): they get the default one');
    await clinic.sender.presses('CSV: opted out (1)', card);
    await clinic.sender.reads('1 left out of send', { channel: clinic.sender.direct });
  });

  test('an unknown name is told with the nearest one, and a press opens the form with that', async () => {
    await clinic.sender.types('/outreach send helo to senior at 9am tomorrow', CHANNELS.outreach);
    const told = await clinic.sender.reads('There is no template “helo”. Did you mean “Hello”?', {
      channel: CHANNELS.outreach,
    });
    expect(wordsOf(told)).toContain('There is no group “senior”. Did you mean “Seniors”?');
    await clinic.sender.presses('Yes, open the form with that', told);
    await clinic.sender.submits({ Template: 'Hello' });
    const card = await clinic.sender.reads(/Starts .*/, { channel: CHANNELS.outreach });
    expect(wordsOf(card)).toContain('2 patients would get “Hello”');
    expect(wordsOf(card)).toContain('Nov 25, 9:00 AM EST');
    expect(buttonsIn(card.blocks).map(({ label }) => label)).toEqual([
      'Schedule',
      'Send now',
      'Send me a test',
      'Change',
      'Cancel',
    ]);
  });

  test('what was understood stays in the form when the rest was not', async () => {
    await clinic.sender.types('/outreach send at 9am tomorrow ‘hello’ to “Seniors”, “Nurses”', CHANNELS.outreach);
    const told = await clinic.sender.reads('There is no group “Nurses”. There are:', { channel: CHANNELS.outreach });
    await clinic.sender.presses('Open the form with the rest', told);
    await clinic.sender.submits({});
    const card = await clinic.sender.reads(/To: Seniors\n[\s\S]*Starts .*Nov 25, 9:00 AM/, {
      channel: CHANNELS.outreach,
    });
    await clinic.sender.presses('Cancel', card);
  });

  test('a file for this send alone: ids or numbers of known patients, and the others are counted', async () => {
    const content = Buffer.from(`Patient ID\n1001\n${phoneOf(3)}\n9999\n`);
    const { id } = await clinic.sender.uploads({ name: 'list.csv', content });
    await clinic.sender.types('/outreach send hello', CHANNELS.outreach);
    await clinic.sender.submits({ 'A file for this send alone': [id] });
    const card = await clinic.sender.reads('the file', { channel: CHANNELS.outreach });
    expect(wordsOf(card)).toContain('2 patients would get “Hello”');
    expect(wordsOf(card)).toContain('1 row of the file is no known patient: line 4');
  });

  test('those who did not answer an earlier send, and nobody who was texted lately', async () => {
    const card = await clinic.send({ template: 'Hello', groups: ['Seniors'] });
    await clinic.sender.presses('Send now', card);
    await clinic.shows(card, 'Done, 2 of 2 sent');
    await clinic.box.phone(phoneOf(1)).texts('yes');
    await clinic.shows(card, '1 YES');
    await clinic.sender.types('/outreach send hello', CHANNELS.outreach);
    const label = 'Only those of an earlier send who';
    const form = JSON.stringify((await clinic.sender.modal()).view);
    const option = /"text":"(\d+: did not answer)"/.exec(form)?.[1] ?? '';
    await clinic.sender.submits({ [label]: option });
    const silent = await clinic.sender.reads(/who did not answer in send \d+/, { channel: CHANNELS.outreach });
    expect(wordsOf(silent)).toContain('1 patient would get “Hello”');
    await clinic.sender.types('/outreach send hello to Seniors', CHANNELS.outreach);
    await clinic.sender.submits({ 'Leave out who got a send in the last … days': '7' });
    const capped = await clinic.sender.reads(/nobody texted in the last 7 days/, { channel: CHANNELS.outreach });
    expect(wordsOf(capped)).toContain('2 left out: texted lately (2)');
  });

  test('the cap counts what went out after the preview as well: of two sends a patient gets the first', async () => {
    const preview = async (): Promise<SandboxMessage> => {
      const before = (await clinic.sender.sees()).messages.length;
      await opens('hello to Seniors');
      await clinic.sender.submits({ 'Leave out who got a send in the last … days': '3' });
      return until('the card', async () =>
        (await clinic.sender.sees()).messages.slice(before).find((one) => wordsOf(one).includes('Send now')),
      );
    };
    await clinic.box.advanceClock(8 * 24 * 3_600_000);
    const cards = [await preview(), await preview()];
    const before = (await clinic.received()).length;
    for (const card of cards) {
      expect(wordsOf(card)).toContain('2 patients would get');
      await clinic.sender.presses('Send now', card);
    }
    await clinic.shows(cards[0]!, 'Done, 2 of 2 sent');
    await clinic.shows(cards[1]!, /Done, 0 of 2 sent[\s\S]*2 not sent \(2 got another send lately\)/);
    expect(await clinic.received()).toHaveLength(before + 2);
  });

  test('filters of the form: an answer, who was not reached, staff, a language, except a group', async () => {
    await clinic.importPatients(`Mobile,First name,Last name,Kind,Groups\n${phoneOf(8)},Maya,Okafor,staff,Staff\n`);
    await clinic.post('/twilio/control/phone', { number: phoneOf(3), kind: 'unreachable' });
    const sent = await clinic.sends({ template: 'Hello', groups: ['Second dose'] });
    await clinic.shows(sent, '1 failed');
    const would = async (answers: Readonly<Record<string, FieldValue>>, audience: string): Promise<string> => {
      await clinic.sender.types('/outreach send hello', CHANNELS.outreach);
      expect(await clinic.sender.submits(answers)).toMatchObject({ responseAction: 'closed' });
      const card = await clinic.sender.reads(audience, { channel: CHANNELS.outreach });
      await clinic.sender.presses('Cancel', card);
      return wordsOf(card);
    };
    // The newest send stands first.
    await clinic.sender.types('/outreach send hello', CHANNELS.outreach);
    const form = JSON.stringify((await clinic.sender.modal()).view);
    const offered = [...form.matchAll(/"text":"(\d+: [^"]+)"/g)].map(([, words]) => words ?? '');
    const earlier = 'Only those of an earlier send who';
    const yes = offered.findLast((words) => words.endsWith('answered YES')) ?? '';
    expect(await would({ [earlier]: yes }, 'who answered YES in')).toContain('Hi Pat1,');
    const unreached = offered.find((words) => words.endsWith('was not reached')) ?? '';
    const missed = await would({ [earlier]: unreached }, 'did not reach');
    expect(missed).toMatch(/1 patient would get[^]*Hi Pat3,/);
    const staff = { Groups: ['Second dose', 'Staff'], 'Patients or staff': 'Staff only' };
    expect(await would(staff, 'staff only')).toMatch(/1 patient would get[^]*Hi Maya,/);
    const spanish = { Groups: ['Seniors', 'Second dose'], 'Only these languages': ['Spanish'] };
    expect(await would(spanish, 'language Spanish')).toMatch(/1 patient would get[^]*Hola Pat2,/);
    const except = { Groups: ['Second dose'], 'Except groups': ['Seniors'] };
    expect(await would(except, 'except Seniors')).toMatch(/1 patient would get[^]*Hi Pat3,/);
  });
});
