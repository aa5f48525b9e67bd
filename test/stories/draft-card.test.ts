import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { phoneOf } from '../support/patient-rows';

const HOUR = 3_600_000;
const MAYA = phoneOf(9);
/** Of Dan nobody knows when the visit is; Maya is the sender herself. */
const FILE = [
  'Patient ID,Mobile,First name,Last name,Kind,ZIP,Groups,Visit',
  `1001,${phoneOf(1)},Ana,Rivera,patient,02118,Seniors,Monday`,
  `1002,${phoneOf(2)},Ben,Okafor,patient,02118,Seniors,Tuesday`,
  `1003,${phoneOf(3)},Dan,Nguyen,patient,02118,Seniors,`,
  `,${MAYA},Maya,Okafor,staff,02118,Staff,`,
].join('\r\n');

describe('The card before a send goes', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.importPatients(FILE);
    await clinic.template({ name: 'Visit', text: 'Hi {{ first_name }}, see you on {{ visit }}.' });
  });
  afterAll(() => clinic.close());

  const inHours = async (hours: number): Promise<Date> => new Date((await clinic.box.now()).getTime() + hours * HOUR);
  const edits = async (text: string): Promise<void> => {
    await clinic.sender.types('/outreach template edit Visit', CHANNELS.outreach);
    await clinic.sender.submits({ Text: text });
  };

  test('it names what is empty, and a CSV says for whom', async () => {
    const card = await clinic.send({ template: 'Visit', groups: ['Seniors'] });
    expect(wordsOf(card)).toContain('2 patients would get “Visit”');
    expect(wordsOf(card)).toContain('`{{ visit }}` is empty for 1');
    await clinic.sender.presses('CSV: a placeholder is empty for them (1)', card);
    const given = await clinic.sender.reads('1 left out of send', { channel: clinic.sender.direct });
    const csv = (await clinic.sender.opens(given.files[0]!)).toString();
    const row = '"Dan N.","1003","2003","","a placeholder is empty for them","visit"';
    expect(csv.trim().split(/\r?\n/).slice(1)).toEqual([row]);
  });

  test('“Send me a test” texts the sender alone, and the send still waits', async () => {
    const card = await clinic.send({ template: 'Visit', groups: ['Seniors'] });
    await clinic.sender.presses('Send me a test', card);
    await clinic.sender.submits({ 'Your mobile number': MAYA });
    await clinic.box.phone(MAYA).receives('Hi Maya, see you on [visit].');
    expect(await clinic.received()).toHaveLength(1);
    await clinic.shows(card, '2 patients would get “Visit”');
  });

  test('“Schedule” asks for the time, and it goes then', async () => {
    const card = await clinic.send({ template: 'Visit', groups: ['Seniors'] });
    await clinic.sender.presses('Schedule', card);
    const when = await clinic.label('Start at');
    expect((await clinic.sender.submits({ [when]: await inHours(-1) })).responseAction).toBe('errors');
    const at = await inHours(1);
    expect((await clinic.sender.submits({ [when]: at })).responseAction).toBe('closed');
    await clinic.shows(card, '2 patients get “Visit”');
    expect(await clinic.received()).toHaveLength(1);
    await clinic.box.moveClockTo(at);
    await clinic.shows(card, 'Done, 2 of 2 sent');
  });

  test('a time that passed before the press sends nothing: the card says so, and it can go now', async () => {
    const card = await clinic.send({ template: 'Visit', groups: ['Seniors'], startAt: await inHours(1) });
    await clinic.box.advanceClock(2 * HOUR);
    const before = (await clinic.received()).length;
    await clinic.sender.presses('Schedule', card);
    await clinic.sender.reads('Nothing was sent: the time of this send has passed.', { channel: CHANNELS.outreach });
    expect(await clinic.received()).toHaveLength(before);
    const now = await clinic.shows(card, /^(?![^]*Starts )/);
    await clinic.sender.presses('Send now', now);
    await clinic.shows(card, 'Done, 2 of 2 sent');
  });

  test('edited after the preview the card says so by itself; “Change” previews the new text in a card of its own', async () => {
    const card = await clinic.send({ template: 'Visit', groups: ['Seniors'] });
    await edits('Dear {{ first_name }}, see you on {{ visit }}.');
    const warned = await clinic.shows(card, 'this card shows version 1, the newest is version 2');
    await clinic.sender.presses('Change', warned);
    await clinic.sender.submits({ Template: 'Visit' });
    const fresh = await clinic.sender.reads(/2 patients would get[^]*Dear Ana, see you on Monday/, {
      channel: CHANNELS.outreach,
    });
    expect(buttonsIn((await clinic.shows(card, 'Nothing was sent.')).blocks)).toEqual([]);
    await clinic.sender.presses('Send now', fresh);
    await clinic.shows(fresh, 'Done, 2 of 2 sent');
    expect((await clinic.box.phone(phoneOf(1)).received()).at(-1)).toBe('Dear Ana, see you on Monday.');
  });
});
