import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients } from '../support/patient-rows';

const HOUR = 3_600_000;

describe('A send that waits for its reviewers', () => {
  let clinic: Clinic;
  const requests = async (): Promise<SandboxMessage[]> =>
    (await clinic.reviewer.sees()).messages.filter(
      ({ channel, threadTs, ephemeralFor }) =>
        channel === CHANNELS.approvals && threadTs === undefined && ephemeralFor === undefined,
    );
  const asks = async (): Promise<{ card: SandboxMessage; request: SandboxMessage }> => {
    const card = await clinic.send({ template: 'Flu shots', groups: ['Everyone'] });
    const before = (await requests()).length;
    await clinic.sender.presses('Send now', card);
    const request = await until('the request', async () => (await requests())[before]);
    return { card, request };
  };
  /** What the thread of a message says, without its head. */
  const thread = async (head: SandboxMessage): Promise<string[]> => (await clinic.inThread(head)).map(wordsOf);

  beforeAll(async () => {
    clinic = await openClinic({ env: { APPROVAL_THRESHOLD: '3', REVIEWERS: 'U0REVIEWER1,U0ADMIN1' } });
    await clinic.importPatients(patients(4));
    await clinic.template({ name: 'Flu shots', text: '{{ clinic_name }}: flu shots on Friday.' });
  });
  afterAll(() => clinic.close());

  test('why it was rejected is asked in the thread, and the one who asked for the send reads it', async () => {
    const { card, request } = await asks();
    await clinic.reviewer.reacts('x', request);
    await clinic.sender.reads(`<@${clinic.reviewer.id}> rejected your send`, { threadTs: card.ts });
    await clinic.admin.says('I would have sent it.', { channel: request.channel, threadTs: request.ts });
    await clinic.reviewer.says('Friday is a holiday.', { channel: request.channel, threadTs: request.ts });
    await clinic.post('/slack/control/redeliver', {});
    await clinic.sender.reads('says why it was rejected: “Friday is a holiday.”', { threadTs: card.ts });
    await clinic.shows(card, `<@${clinic.reviewer.id}> rejected it. “Friday is a holiday.”`);
    await clinic.shows(request, '“Friday is a holiday.”', clinic.reviewer);
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.reviewer.reads('This send was rejected already', { channel: CHANNELS.approvals });
    expect((await thread(card)).filter((words) => words.includes('holiday'))).toHaveLength(1);
  });

  test('❌ and its reason count, too, when they were given while the app was down', async () => {
    const { card, request } = await asks();
    await clinic.stopApp();
    await clinic.reviewer.reacts('x', request);
    await clinic.reviewer.says('Wrong clinic.', { channel: request.channel, threadTs: request.ts });
    await clinic.startApp();
    await clinic.shows(card, `<@${clinic.reviewer.id}> rejected it. “Wrong clinic.”`);
  });

  test('reviewers are reminded once, and after a day it is closed; the one who asked is told of both', async () => {
    const { card, request } = await asks();
    await clinic.box.advanceClock(4 * HOUR + 60_000);
    const reminder = await clinic.reviewer.reads('has waited for 4 hours', { threadTs: request.ts });
    expect(wordsOf(reminder)).toContain(`<@${clinic.reviewer.id}>`);
    await clinic.sender.reads('your send still waits for approval', { threadTs: card.ts });
    await clinic.box.advanceClock(15 * HOUR);
    await clinic.shows(card, 'Nothing is sent yet');
    await clinic.box.advanceClock(5 * HOUR);
    await clinic.shows(card, 'Not approved in time, nothing sent');
    await clinic.shows(request, 'Nobody decided in time: nothing is sent.', clinic.reviewer);
    await clinic.sender.reads('nobody approved your send within 24 hours', { threadTs: card.ts });
    expect((await thread(request)).filter((words) => words.includes('waited for 4 hours'))).toHaveLength(1);
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.reviewer.reads('Nobody decided this send in time, and it is closed', { channel: CHANNELS.approvals });
    expect(await clinic.received()).toEqual([]);
  });

  test('nobody is reminded at night', async () => {
    // Half past eight in the evening in New York: four hours later is the middle of the night.
    await clinic.box.moveClockTo(new Date('2026-11-27T01:30:00Z'));
    const { card, request } = await asks();
    await clinic.box.advanceClock(5 * HOUR);
    await clinic.shows(card, 'Nothing is sent yet');
    expect(await thread(request)).toEqual([]);
    await clinic.box.moveClockTo(new Date('2026-11-27T12:05:00Z'));
    await clinic.reviewer.reads('has waited for 4 hours', { threadTs: request.ts });
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(card, 'Done, 4 of 4 sent');
  });
});
