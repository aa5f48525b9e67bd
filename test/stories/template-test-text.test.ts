import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { phoneOf } from '../support/patient-rows';

const [MAYA, ANA] = [phoneOf(9), phoneOf(1)];
const FILE = [
  'Patient ID,Mobile,First name,Last name,Kind,ZIP,Visit',
  `1001,${ANA},Ana,Rivera,patient,02118,2026-12-01`,
  `,${MAYA},Maya,Okafor,staff,02118,`,
].join('\r\n');

describe('A sender tries a template on their own phone', () => {
  let clinic: Clinic;
  let card: SandboxMessage;
  const mayasTexts = async (): Promise<string[]> => clinic.box.phone(MAYA).received();

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.importPatients(FILE);
    card = await clinic.template({
      name: 'Recall',
      text: '{{ clinic_name }}: come on {{ visit | date: "%B %-d" }}, {{ first_name }}.',
      spanish: '{{ clinic_name }}: venga el {{ visit | date: "%-d de %B", "es" }}, {{ first_name }}.',
    });
  });
  afterAll(() => clinic.close());

  test('the first time the number is asked for, and a patient’s number is refused', async () => {
    await clinic.sender.presses('Send me a test', card);
    const { errors } = await clinic.sender.submits({ 'Your mobile number': ANA });
    expect(Object.values(errors ?? {}).join()).toContain('No staff profile has this number');
    const unreadable = await clinic.sender.submits({ 'Your mobile number': '12' });
    expect(Object.values(unreadable.errors ?? {}).join()).toContain('This is not a mobile number');
    expect(await clinic.received()).toEqual([]);
  });

  test('with the number of the own staff profile, each language’s text arrives, with words for what is empty', async () => {
    expect((await clinic.sender.submits({ 'Your mobile number': MAYA })).responseAction).toBe('closed');
    await clinic.box.phone(MAYA).receives('venga el [visit], Maya.');
    expect((await mayasTexts()).sort()).toEqual([
      'Riverbend Clinic: come on [visit], Maya.',
      'Riverbend Clinic: venga el [visit], Maya.',
    ]);
    const told = await clinic.sender.reads('*A test was sent* to your phone', { channel: clinic.sender.direct });
    expect(wordsOf(told)).not.toContain(MAYA);
  });

  test('the next time it goes at once, and once however often Slack delivers the press', async () => {
    await clinic.sender.presses('Send me a test', card);
    await clinic.post('/slack/control/redeliver', {});
    const said = await clinic.sender.reads('2 test texts to your phone', { channel: CHANNELS.outreach });
    expect(said.ephemeralFor).toBe(clinic.sender.id);
    await until('four texts', async () => (await mayasTexts()).length === 4);
  });

  test('another person’s test goes to their own number, which is asked for; who may not write templates is refused', async () => {
    await clinic.admin.presses('Send me a test', card);
    await clinic.admin.modal();
    await clinic.responder.presses('Send me a test', card);
    await clinic.responder.reads('Only senders and admins may write templates', { channel: CHANNELS.outreach });
    expect(await mayasTexts()).toHaveLength(4);
  });

  test('at night nothing is sent, and it is said when texting opens', async () => {
    await clinic.box.moveClockTo(new Date('2026-11-25T03:30:00Z'));
    await clinic.sender.presses('Send me a test', card);
    await clinic.sender.reads(/No test was sent: it is Tue 10:30 PM .* They open Wed 7:00 AM/, {
      channel: CHANNELS.outreach,
    });
    expect(await mayasTexts()).toHaveLength(4);
  });

  test('who has texted STOP gets no test either', async () => {
    await clinic.box.moveClockTo(new Date('2026-11-25T15:00:00Z'));
    await clinic.box.phone(MAYA).texts('STOP');
    await clinic.thread('Opted out');
    const before = (await mayasTexts()).length;
    await clinic.sender.presses('Send me a test', card);
    await clinic.sender.reads('Your number has opted out', { channel: CHANNELS.outreach });
    expect(await mayasTexts()).toHaveLength(before);
  });
});
