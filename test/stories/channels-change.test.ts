/** A clinic chooses other channels: what waits for people is where they look, and where it was says where it is. */
import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, patients, phoneOf } from '../support/patient-rows';

const HOUR = 3_600_000;
const NEW = { CHANNEL_APPROVALS: 'C0BOARD', CHANNEL_REPLIES: 'C0DESK', CHANNEL_IMPORTS: 'C0FILES' };
const ENV = {
  APPROVAL_THRESHOLD: '3',
  LARGE_SEND_THRESHOLD: '4',
  REVIEWERS: 'U0REVIEWER1,U0ADMIN1',
  TEMPLATE_REVIEW: 'on',
};

describe('The channels are others after a restart', () => {
  let clinic: Clinic;
  const heads = async (channel: string, words: string | RegExp): Promise<SandboxMessage[]> =>
    (await clinic.reviewer.sees()).messages.filter(
      (message) =>
        message.channel === channel &&
        message.threadTs === undefined &&
        message.ephemeralFor === undefined &&
        !message.deleted &&
        wordsOf(message).search(words) >= 0,
    );
  interface Asked {
    readonly card: SandboxMessage;
    readonly request: SandboxMessage;
  }
  const asks = async (group: string, channel: string = CHANNELS.approvals, startAt?: Date): Promise<Asked> => {
    const card = await clinic.send({ template: 'Flu shots', groups: [group], ...(startAt && { startAt }) });
    const shown = (await heads(channel, 'Flu shots”\n')).length;
    await clinic.sender.presses(startAt ? 'Schedule' : 'Send now', card);
    const request = await until('the request', async () => (await heads(channel, 'Flu shots”\n'))[shown]);
    return { card, request };
  };
  const csv = (id: number): string => csvOf([{ id: String(id), mobile: phoneOf(id - 1950), first: 'New' }]);
  const texts = async (words: string): Promise<number> =>
    (await clinic.received()).filter(({ body }) => body.includes(words)).length;

  let small: Asked;
  let large: Asked;
  let planned: Asked;
  let review: SandboxMessage;
  let preview: SandboxMessage;
  let waiting: SandboxMessage;
  let taken: SandboxMessage;

  beforeAll(async () => {
    clinic = await openClinic({ env: ENV, slack: { redeliveryDelaysMs: [] }, troubled: true });
    for (const [id, name] of [
      ['C0BOARD', 'board'],
      ['C0DESK', 'desk'],
      ['C0FILES', 'files'],
      ['C0THIRD', 'third'],
    ])
      await clinic.post('/slack/control/channel', { id, name });
    const rows = patients(5).map((row, index) => ({ ...row, groups: index < 3 ? 'Few; All' : 'All' }));
    await clinic.importPatients(rows);
    await clinic.template({ name: 'Flu shots', text: 'Flu shots on Friday.' });
    const version = await clinic.approvalCard('Template “Flu shots”');
    await clinic.reviewer.presses('Approve', version);
    await clinic.shows(version, '*Approved* by', clinic.reviewer);
    await clinic.template({ name: 'Closed', text: 'Closed on Monday.' });
    review = await clinic.approvalCard('Template “Closed”');
    small = await asks('Few');
    large = await asks('All');
    await clinic.reviewer.reacts('white_check_mark', large.request);
    await clinic.shows(large.request, 'approved by', clinic.reviewer);
    planned = await asks('Few', CHANNELS.approvals, new Date((await clinic.box.now()).getTime() + 5 * HOUR));
    await clinic.reviewer.reacts('white_check_mark', planned.request);
    await clinic.shows(planned.request, 'Approved: waits for its time', clinic.reviewer);
    preview = await clinic.drops(csv(2001), 'late.csv');
    await clinic.box.phone(phoneOf(1)).texts('May I come at nine?');
    waiting = await clinic.thread('May I come at nine?');
    await clinic.box.phone(phoneOf(2)).texts('Is it cold there?');
    taken = await clinic.thread('Is it cold there?');
    await clinic.responder.presses('Take', taken);
    await clinic.shows(taken, 'has it.', clinic.responder);
    await clinic.stopApp();
    await clinic.answers(taken, 'Bring a coat');
    await clinic.startApp(NEW);
  }, 60_000);
  afterAll(() => clinic.close());

  test('a request that waits stands in the new channel, once, and the old card says where', async () => {
    await clinic.shows(small.request, 'This request goes on in <#C0BOARD>', clinic.reviewer);
    const [request, ...more] = await until('the request', async () => {
      const found = await heads('C0BOARD', /3 patients would get[\s\S]*React with ✅/);
      return found.length > 0 && found;
    });
    expect(more).toEqual([]);
    await clinic.reviewer.reacts('white_check_mark', small.request);
    const no = await clinic.reviewer.reads('React there: here it does not count', { channel: CHANNELS.approvals });
    expect(no.ephemeralFor).toBe(clinic.reviewer.id);
    await clinic.shows(small.card, 'Nothing is sent yet');
    await clinic.reviewer.reacts('white_check_mark', request!);
    await clinic.shows(small.card, 'Done, 3 of 3 sent');
    expect(await texts('Flu shots on Friday')).toBe(3);
  });

  test('of two ✅ the one on the old card still counts, until it is taken back there', async () => {
    const request = await until('the request', async () => (await heads('C0BOARD', '5 patients would get'))[0]);
    expect(wordsOf(request)).toContain(`approved by <@${clinic.reviewer.id}>`);
    await clinic.reviewer.reacts('white_check_mark', large.request, true);
    await until(
      'it to be taken back',
      async () => !wordsOf(await clinic.reviewer.again(request)).includes('approved by'),
    );
    await clinic.admin.reacts('white_check_mark', request);
    await clinic.shows(request, `approved by <@${clinic.admin.id}>`, clinic.reviewer);
    expect(wordsOf(await clinic.sender.again(large.card))).toContain('Nothing is sent yet');
  });

  test('what was approved before stays approved over another change and restart, and goes at its time', async () => {
    await clinic.shows(planned.request, 'This request goes on in <#C0BOARD>', clinic.reviewer);
    await clinic.post('/slack/control/channel', { id: 'C0BOARD', deleted: true });
    await clinic.stopApp();
    await clinic.startApp({ ...NEW, CHANNEL_APPROVALS: 'C0THIRD' });
    const request = await until('it', async () => (await heads('C0THIRD', 'Approved: waits for its time'))[0]);
    const other = await until('it', async () => (await heads('C0THIRD', '5 patients would get'))[0]);
    expect(wordsOf(other)).toContain(`approved by <@${clinic.admin.id}>`);
    await clinic.reviewer.reacts('white_check_mark', other);
    await clinic.shows(large.card, 'Done, 5 of 5 sent');
    await clinic.box.advanceClock(5 * HOUR);
    await clinic.shows(planned.card, 'Done, 3 of 3 sent');
    await clinic.shows(request, '3 patients got', clinic.reviewer);
    expect(await texts('Flu shots on Friday')).toBe(11);
  });

  test('a template’s version that waits is decided in the new channel', async () => {
    await clinic.shows(review, /This request goes on in <#C0(BOARD|THIRD)>/, clinic.reviewer);
    const version = await until('it', async () => (await heads('C0THIRD', 'Template “Closed”'))[0]);
    await clinic.reviewer.reacts('white_check_mark', version);
    await clinic.shows(version, '*Approved* by', clinic.reviewer);
  });

  /** As an admin of the workspace can: with the app's own token. */
  const removes = async ({ channel, ts }: SandboxMessage): Promise<void> => {
    const { SLACK_API_URL = '', SLACK_BOT_TOKEN } = clinic.sandbox.env;
    const answer = await fetch(`${SLACK_API_URL.replace(/\/?$/, '/')}chat.delete`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${SLACK_BOT_TOKEN}` },
      body: JSON.stringify({ channel, ts }),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
  };

  test('a card that somebody deletes comes again, also while the app is down: what waits can be decided', async () => {
    const { card, request: first } = await asks('All', 'C0THIRD');
    await clinic.reviewer.reacts('white_check_mark', first);
    await clinic.shows(first, 'approved by', clinic.reviewer);
    await removes(first);
    const second = await until('it', async () => (await heads('C0THIRD', /5 patients would get[\s\S]*approved by/))[0]);
    await clinic.stopApp();
    await removes(second);
    await clinic.startApp({ ...NEW, CHANNEL_APPROVALS: 'C0THIRD' });
    const third = await until('it', async () => (await heads('C0THIRD', /5 patients would get[\s\S]*approved by/))[0]);
    await clinic.admin.reacts('white_check_mark', third);
    await clinic.shows(card, 'Done, 5 of 5 sent');
  });

  test('a reply that waits for a person is in the new channel; one that somebody has taken follows with its next text', async () => {
    await clinic.shows(waiting, 'this conversation goes on in <#C0DESK>', clinic.responder);
    const head = await until('it', async () => (await heads('C0DESK', 'May I come at nine?'))[0]);
    await clinic.answers(head, 'Nine is fine');
    await clinic.box.phone(phoneOf(1)).receives('Nine is fine');
    // What was written in the old thread while the app was down was texted.
    await clinic.box.phone(phoneOf(2)).receives('Bring a coat');
    await clinic.answers(taken, 'And gloves');
    await clinic.box.phone(phoneOf(2)).receives('And gloves');
    await clinic.box.phone(phoneOf(2)).texts('Thank you, where do I park?');
    await until('it', async () => (await heads('C0DESK', 'where do I park?'))[0]);
    await clinic.shows(taken, 'this conversation goes on in <#C0DESK>', clinic.responder);
    expect((await clinic.box.phone(phoneOf(2)).received()).filter((body) => /coat|gloves/.test(body))).toHaveLength(2);
  });

  test('a file’s preview stays where it was dropped, and can be confirmed there', async () => {
    expect(buttonsIn(preview.blocks).map(({ label }) => label)).toContain('Confirm');
    await clinic.sender.presses('Confirm', preview);
    await clinic.shows(preview, 'is imported');
    const { ts } = await clinic.sender.drops({ name: 'later.csv', content: Buffer.from(csv(2002)) }, 'C0FILES');
    const card = await clinic.sender.reads('later.csv', { channel: 'C0FILES', threadTs: ts });
    await clinic.shows(card, '1 new');
  });
});
