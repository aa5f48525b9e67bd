import { wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const FIVE_MINUTES = 5 * 60_000;
const REASON = 'Why do you need the full name and number?';

/** Everything that Slack shows to anybody but in the windows of one person. */
const shownInSlack = async (clinic: Clinic): Promise<string> => {
  const everybody = [clinic.sender, clinic.reviewer, clinic.responder, clinic.admin];
  const states = await Promise.all(everybody.map((person) => person.sees()));
  return JSON.stringify(states.map(({ messages, home }) => [messages, home]));
};

describe('Full names and numbers', () => {
  let clinic: Clinic;
  const head = () => clinic.thread('Do I need to fast?');
  const window = async (): Promise<string> => wordsIn((await clinic.responder.modal()).view);

  beforeAll(async () => {
    clinic = await openClinic();
    const [ana, luis] = patients(2);
    const mobile = phoneOf(1);
    await clinic.importPatients([
      { ...ana!, first: 'Ana <!channel>', last: 'Rivera-Okonkwo' },
      { ...luis!, first: 'Luis', last: 'Rivera-Okonkwo', mobile },
    ]);
    await clinic.box.phone(mobile).texts('Do I need to fast?');
    await head();
  });
  afterAll(() => clinic.close());

  test('a sender is refused; the record stays as it is', async () => {
    await clinic.sender.presses('Reveal', await head());
    await clinic.sender.reads('Only responders and admins may see full names and numbers');
    expect((await clinic.sender.sees()).modals).toEqual([]);
    expect(clinic.audit()).not.toContainEqual(expect.objectContaining({ action: 'patient.reveal' }));
  });

  test('a responder gives a reason, and sees them in a window of their own', async () => {
    await clinic.responder.presses('Reveal', await head());
    expect(await clinic.responder.submits({ [REASON]: ' . ' })).toMatchObject({ responseAction: 'errors' });
    expect(await clinic.responder.submits({ [REASON]: 'call back about the visit' })).toMatchObject({
      responseAction: 'update',
    });
    const words = await window();
    expect(words).toContain('Rivera-Okonkwo');
    expect(words).toContain('Luis');
    expect(words).toContain(phoneOf(1));
    expect(words).not.toContain('<!channel>');
    expect(words).toContain('Only you see this, until');
    const shown = await shownInSlack(clinic);
    expect(shown).not.toContain('Rivera-Okonkwo');
    expect(shown).not.toContain(phoneOf(1).slice(1));
  });

  test('it is on the record, once for each patient, with the reason and without name or number', async () => {
    const rows = clinic.audit().filter(({ action }) => action === 'patient.reveal');
    expect(rows.map(({ actor, patientId }) => [actor, patientId])).toEqual([
      [clinic.responder.id, 1],
      [clinic.responder.id, 2],
    ]);
    expect(rows[0]?.detail).toBe('{"reason":"call back about the visit"}');
    expect(JSON.stringify(rows)).not.toMatch(/Rivera|617555/);
  });

  test('it is gone after five minutes, also when the app was started again meanwhile', async () => {
    await clinic.stopApp();
    await clinic.box.advanceClock(FIVE_MINUTES - 30_000);
    await clinic.startApp();
    expect(await window()).toContain(phoneOf(1));
    await clinic.box.advanceClock(31_000);
    await until('the window to be emptied', async () => (await window()).includes('Hidden again'));
    expect(await window()).not.toMatch(/Rivera|617555/);
  });

  test('REVEAL=off: no button, and a press on an older card is refused', async () => {
    const card = await head();
    await clinic.stopApp();
    await clinic.startApp({ REVEAL: 'off' });
    await clinic.responder.presses('Reveal', card);
    await clinic.responder.reads('REVEAL=off');
    await clinic.responder.presses('Take', card);
    const now = await clinic.shows(card, `<@${clinic.responder.id}> has it`, clinic.responder);
    expect(JSON.stringify(now.blocks)).not.toContain('"reveal"');
    expect(wordsOf(now)).toContain('Luis R.');
    expect(CHANNELS.replies).toBe(now.channel);
  });
});
