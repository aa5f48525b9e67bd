import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic, type SendWords } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const HOUR = 3_600_000;

describe('Large sends need reviewers', () => {
  let clinic: Clinic;
  /** A send that is asked for: its card, and the request in the approvals channel. */
  const asks = async (words: Partial<SendWords> = {}): Promise<{ card: SandboxMessage; request: SandboxMessage }> => {
    const card = await clinic.send({ template: 'Flu shots', groups: ['Ward'], ...words });
    const before = (await requests()).length;
    await clinic.sender.presses(words.startAt === undefined ? 'Send now' : 'Schedule', card);
    const request = await until('the request', async () => (await requests())[before]);
    return { card, request };
  };
  const requests = async (): Promise<SandboxMessage[]> =>
    (await clinic.reviewer.sees()).messages.filter(
      ({ channel, threadTs, ephemeralFor }) =>
        channel === CHANNELS.approvals && threadTs === undefined && ephemeralFor === undefined,
    );
  const tomorrow = async (): Promise<Date> => new Date((await clinic.box.now()).getTime() + 24 * HOUR);

  beforeAll(async () => {
    clinic = await openClinic({
      env: {
        APPROVAL_THRESHOLD: '3',
        LARGE_SEND_THRESHOLD: '5',
        SENDERS: 'U0SENDER1,U0REVIEWER1',
        REVIEWERS: 'S0REVIEWERS,U0ADMIN1,U0SENDER1',
      },
    });
    await clinic.importPatients(
      patients(6).map((row, index) => ({ ...row, groups: index < 4 ? 'Ward; Everyone' : 'Everyone' })),
    );
    await clinic.template({ name: 'Flu shots', text: '{{ clinic_name }}: flu shots on Friday.' });
  });
  afterAll(() => clinic.close());

  test('the request shows what a reviewer needs, and waits', async () => {
    const { card, request } = await asks();
    const words = wordsOf(request);
    expect(words).toContain('4 patients would get “Flu shots”');
    expect(words).toContain('Riverbend Clinic: flu shots on Friday.');
    expect(words).toContain(`<@${clinic.sender.id}> cannot approve their own send.`);
    await clinic.shows(card, 'Nothing is sent yet. 1 reviewer has to approve it first');
    await clinic.sender.presses('Cancel', card);
    await clinic.shows(request, 'Canceled: nothing to decide any more', clinic.reviewer);
  });

  test('the requester is a reviewer, too, and still cannot approve', async () => {
    const { card, request } = await asks();
    await clinic.sender.reacts('white_check_mark', request);
    const no = await clinic.sender.reads('does not count', { channel: CHANNELS.approvals });
    expect(no.ephemeralFor).toBe(clinic.sender.id);
    await clinic.shows(card, 'Nothing is sent yet');
    await clinic.sender.presses('Cancel', card);
    await clinic.shows(card, 'Canceled');
  });

  test('a ✅ from somebody who is no reviewer gets a quiet word; the reviewer’s sends it', async () => {
    const { card, request } = await asks();
    await clinic.responder.reacts('white_check_mark', request);
    const no = await clinic.responder.reads('does not count', { channel: CHANNELS.approvals });
    expect(no.ephemeralFor).toBe(clinic.responder.id);
    expect(await clinic.received()).toEqual([]);
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(card, 'Done, 4 of 4 sent');
    await clinic.shows(request, `✅ approved by <@${clinic.reviewer.id}>`, clinic.reviewer);
    expect(await clinic.received()).toHaveLength(4);
  });

  test('a ✅ that Slack delivers again, and one that comes after the end, change nothing', async () => {
    const { card, request } = await asks();
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.post('/slack/control/redeliver', {});
    await clinic.shows(card, 'Done, 4 of 4 sent');
    await clinic.admin.reacts('white_check_mark', request);
    const late = await clinic.admin.reads('decided already, and all of it was sent', { channel: CHANNELS.approvals });
    expect(late.ephemeralFor).toBe(clinic.admin.id);
    await clinic.shows(request, '4 patients got “Flu shots”', clinic.reviewer);
    await clinic.sender.reads(`<@${clinic.sender.id}> ✅ your send was approved by <@${clinic.reviewer.id}>`, {
      threadTs: card.ts,
    });
    expect(await clinic.received()).toHaveLength(8);
  });

  test('❌ rejects, nothing is sent, and the reason is asked for in the thread', async () => {
    const { card, request } = await asks();
    await clinic.reviewer.reacts('x', request);
    await clinic.shows(card, 'Rejected, nothing sent: “Flu shots”');
    await clinic.shows(request, 'Rejected: nothing is sent.', clinic.reviewer);
    await clinic.reviewer.reads(`<@${clinic.reviewer.id}> rejected this send. Please write here why`, {
      channel: CHANNELS.approvals,
      threadTs: request.ts,
    });
    expect(await clinic.received()).toHaveLength(8);
  });

  test('❌ outweighs: of two reviewers who disagree, the one who says no is heard', async () => {
    const { card, request } = await asks({ groups: ['Everyone'] });
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(request, 'approved by', clinic.reviewer);
    await clinic.admin.reacts('x', request);
    await clinic.shows(card, 'Rejected, nothing sent');
  });

  test('from the second threshold two reviewers are needed, and one alone sends nothing', async () => {
    const { card, request } = await asks({ groups: ['Everyone'] });
    expect(wordsOf(request)).toContain('2 reviewers have to approve it.');
    expect(wordsOf(request)).toMatch(/Capacity:.* 6 segments .*on 1 day inside the texting window; the last text goes/);
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(request, `approved by <@${clinic.reviewer.id}>`, clinic.reviewer);
    await clinic.shows(card, 'Nothing is sent yet');
    expect(await clinic.received()).toHaveLength(8);
    await clinic.admin.reacts('white_check_mark', request);
    await clinic.shows(card, 'Done, 6 of 6 sent');
  });

  test('two reviewers at once start it once', async () => {
    const before = (await clinic.received()).length;
    const { card, request } = await asks({ groups: ['Everyone'] });
    await Promise.all([clinic.reviewer, clinic.admin].map((person) => person.reacts('white_check_mark', request)));
    await clinic.shows(card, 'Done, 6 of 6 sent');
    expect(await clinic.received()).toHaveLength(before + 6);
  });

  test('a ✅ taken back before a scheduled start withdraws it: at its time nothing goes', async () => {
    const before = (await clinic.received()).length;
    const startAt = await tomorrow();
    const { card, request } = await asks({ startAt });
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(request, 'Approved: waits for its time', clinic.reviewer);
    await clinic.reviewer.reacts('white_check_mark', request, true);
    await clinic.shows(card, 'Nothing is sent yet');
    await clinic.shows(request, 'React with ✅ to approve', clinic.reviewer);
    await clinic.box.moveClockTo(new Date(startAt.getTime() + 1_000));
    await clinic.shows(card, 'Nothing is sent yet');
    expect(await clinic.received()).toHaveLength(before);
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(card, 'Done, 4 of 4 sent');
  });

  test('who loses the role before the start is not counted any more', async () => {
    const before = (await clinic.received()).length;
    const startAt = await tomorrow();
    const { card, request } = await asks({ startAt });
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(request, 'Approved: waits for its time', clinic.reviewer);
    await clinic.post('/slack/control/usergroup', { id: 'S0REVIEWERS', users: [] });
    // Members of a user group are asked for again after five seconds.
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    await clinic.box.moveClockTo(new Date(startAt.getTime() + 1_000));
    await clinic.shows(card, 'Nothing is sent yet');
    expect(await clinic.received()).toHaveLength(before);
    await clinic.post('/slack/control/usergroup', { id: 'S0REVIEWERS', users: [clinic.reviewer.id] });
    await clinic.sender.presses('Cancel', card);
    await clinic.shows(card, 'Canceled');
  });

  test('the phones got each send once', async () => {
    const bodies = await clinic.box.phone(phoneOf(5)).received();
    expect(bodies).toHaveLength(2);
  });
});
