import { buttonsIn, wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, patients, phoneOf } from '../support/patient-rows';

const HELLO = {
  name: 'Hello',
  text: 'Hi {{ first_name }}, {{ clinic_name }} is open again. Reply YES or NO.',
  replies: 'YES, NO',
};
const SAME_FOR_ALL = { name: 'Closed', text: '{{ clinic_name }} is closed on Thursday.' };

describe('Small sends', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ env: { APPROVAL_THRESHOLD: '10' } });
    const [ana, ben, cleo, dan, eve] = patients(5, 'Mixed');
    await clinic.importPatients([
      ana!,
      { ...ben!, optedOut: 'yes' },
      { ...cleo!, mobile: phoneOf(1) },
      { ...dan!, first: '' },
      eve!,
      ...patients(9).slice(5),
    ]);
    await clinic.template(HELLO);
    await clinic.template(SAME_FOR_ALL);
  });
  afterAll(() => clinic.close());

  test('the card says who is left out and why, shows real texts, and nobody is texted before “Send now”', async () => {
    const card = await clinic.send({ template: 'Hello', groups: ['Mixed'] });
    const words = wordsOf(card);
    expect(words).toContain('3 patients would get “Hello”');
    expect(words).toContain('2 left out:');
    expect(words).toContain('opted out (1)');
    expect(words).toContain('a placeholder is empty for them (1)');
    expect(words).toContain('`{{ first_name }}` is empty for 1');
    expect(words).toContain('Hi Pat1, Riverbend Clinic is open again.');
    expect(words).toContain('3 segments');
    expect(await clinic.box.phones()).toEqual([]);
    await clinic.sender.presses('Cancel', card);
    await clinic.shows(card, 'Nothing was sent.');
  });

  test('two patients on one number get the same text once', async () => {
    const card = await clinic.send({ template: 'Closed', groups: ['Mixed'] });
    expect(wordsOf(card)).toContain('same text to the same number (1)');
    await clinic.sender.presses('Send now', card);
    await clinic.shows(card, 'Done, 3 of 3 sent');
    expect(await clinic.box.phone(phoneOf(1)).received()).toEqual(['Riverbend Clinic is closed on Thursday.']);
  });

  test('a small send needs no approval; pressed twice, “Send now” sends once', async () => {
    const card = await clinic.send({ template: 'Hello', groups: ['Everyone'] });
    expect(wordsOf(card)).not.toContain('to approve it first');
    await Promise.all([clinic.sender.presses('Send now', card), clinic.sender.presses('Send now', card)]);
    await clinic.sender.reads(/Somebody else was faster|cannot be started: it is/, { channel: CHANNELS.outreach });
    const done = await clinic.shows(card, 'Done, 4 of 4 sent');
    expect(buttonsIn(done.blocks).map(({ label }) => label)).toEqual(['Download results']);
    for (const nth of [6, 7, 8, 9]) {
      expect(await clinic.box.phone(phoneOf(nth)).received()).toEqual([
        `Hi Pat${nth}, Riverbend Clinic is open again. Reply YES or NO.`,
      ]);
    }
  });

  test('a number that cannot get texts is shown with the reason, and left out of the next send', async () => {
    await clinic.post('/twilio/control/phone', { number: phoneOf(9), kind: 'landline' });
    const card = await clinic.sends({ template: 'Closed', groups: ['Everyone'] });
    const done = await clinic.shows(card, 'Done, 4 of 4 sent');
    expect(wordsOf(await clinic.shows(card, /1 failed/))).toContain('This number cannot get texts.');
    expect(wordsOf(done)).toContain('Twilio 30006');
    const next = await clinic.send({ template: 'Closed', groups: ['Everyone'] });
    expect(wordsOf(next)).toContain('1 left out: landline (1)');
  });

  test('a send in which nobody is left cannot be sent: the card says why, and the form can be changed', async () => {
    await clinic.importPatients([{ ...patients(30)[29]!, groups: 'Out', optedOut: 'yes' }]);
    await clinic.sender.types('/outreach send', CHANNELS.outreach);
    await clinic.sender.submits({ Template: 'Hello', Groups: ['Out'], When: 'Now' });
    const card = await clinic.sender.reads('Nobody would get “Hello”', { channel: CHANNELS.outreach });
    expect(wordsOf(card)).toContain('1 left out: opted out (1)');
    expect(buttonsIn(card.blocks).map(({ label }) => label)).toEqual(['CSV: opted out (1)', 'Change', 'Cancel']);
  });

  test('a scheduled send starts at its time, and not before', async () => {
    const startAt = new Date((await clinic.box.now()).getTime() + 2 * 3_600_000);
    const card = await clinic.send({ template: 'Closed', groups: ['Mixed'], startAt });
    await clinic.sender.presses('Schedule', card);
    await clinic.shows(card, '3 patients get “Closed”');
    const before = (await clinic.received()).length;
    await clinic.box.moveClockTo(new Date(startAt.getTime() - 60_000));
    await clinic.box.phone(phoneOf(20)).texts('Is anybody there?');
    await clinic.thread('Is anybody there?');
    expect((await clinic.received()).length).toBe(before);
    await clinic.box.moveClockTo(startAt);
    await clinic.shows(card, 'Done, 3 of 3 sent');
  });

  test('a time that has passed is refused under its field', async () => {
    await clinic.sender.types('/outreach send', CHANNELS.outreach);
    const { responseAction, errors } = await clinic.sender.submits({
      Template: 'Hello',
      Groups: ['Mixed'],
      When: 'At a set time',
      [await clinic.label('Start at')]: new Date('2026-11-01T12:00:00Z'),
    });
    expect(responseAction).toBe('errors');
    expect(errors).toEqual({ send_start_at: 'This time has passed. Choose a later one.' });
  });

  test('`/outreach send NAME` opens the form with the template chosen; without the role it is told why', async () => {
    await clinic.sender.types('/outreach send closed', CHANNELS.outreach);
    const form = await until('the form', async () => {
      const { modals } = await clinic.sender.sees();
      return modals.at(-1)?.view;
    });
    expect(wordsIn(form)).toContain('Mixed (');
    await clinic.responder.types('/outreach send', CHANNELS.outreach);
    await clinic.responder.reads('Only senders and admins may send outreach', { channel: CHANNELS.outreach });
  });

  test('before there is anything to send, the way to it is told', async () => {
    const empty = await openClinic();
    try {
      await empty.sender.types('/outreach send', CHANNELS.outreach);
      await empty.sender.reads('Write one first: /outreach template new', { channel: CHANNELS.outreach });
      await empty.template(SAME_FOR_ALL);
      await empty.sender.types('/outreach send', CHANNELS.outreach);
      await empty.sender.reads('Bring patients in first: /outreach import', { channel: CHANNELS.outreach });
      await empty.drops(csvOf(patients(1)));
    } finally {
      await empty.close();
    }
  });
});
