import type { Fault, SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const MINUTE = 60_000;

/** All messages of the app with these words, wherever they stand. */
const postsWith = async (clinic: Clinic, words: string): Promise<SandboxMessage[]> =>
  (await clinic.responder.sees()).messages.filter((message) => message.isBot && wordsOf(message).includes(words));

describe('While the app is down', () => {
  let clinic: Clinic;
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));

  beforeAll(async () => {
    // Nothing is delivered again: what happened meanwhile has to be looked for.
    clinic = await openClinic({ env: { APPROVAL_THRESHOLD: '2' }, slack: { redeliveryDelaysMs: [] }, troubled: true });
    await clinic.importPatients(patients(5));
    await clinic.template({ name: 'Hours', text: '{{ clinic_name }} is open on Saturday.' });
    await phone(1).texts('Do you have time on Friday?');
    await clinic.thread('Do you have time on Friday?');
  });
  afterAll(() => clinic.close());

  test('what a patient texts is fetched from Twilio when it starts, and shown once', async () => {
    await clinic.stopApp();
    const { webhookStatus } = await phone(2).texts('Is anybody there?');
    expect(webhookStatus).toBe(0);
    await clinic.startApp();
    const head = await clinic.thread('Is anybody there?');
    await clinic.responder.reads('Is anybody there?', { channel: CHANNELS.replies, threadTs: head.ts });
    await clinic.stopApp();
    await clinic.startApp();
    await phone(3).texts('A later one');
    await clinic.thread('A later one');
    expect(await postsWith(clinic, 'Is anybody there?')).toHaveLength(2);
  });

  test('STOP counts, too', async () => {
    await clinic.stopApp();
    await phone(3).texts('stop texting me please');
    await clinic.startApp();
    await clinic.thread(/Pat3 R\.[\s\S]*Opted out: cannot be texted/);
  });

  test('what staff wrote in a thread is texted when it starts, if it is fresh', async () => {
    const head = await clinic.thread('Do you have time on Friday?');
    await clinic.stopApp();
    const answer = await clinic.answers(head, 'Friday at ten is free');
    await clinic.box.advanceClock(5 * MINUTE);
    await clinic.startApp();
    await phone(1).receives('Friday at ten is free');
    await clinic.marked(answer, 'white_check_mark');
  });

  test('if it is older than 15 minutes, it is not texted, and they are asked', async () => {
    const head = await clinic.thread('Do you have time on Friday?');
    const before = await phone(1).received();
    await clinic.stopApp();
    await clinic.answers(head, 'Come at once');
    await clinic.box.advanceClock(20 * MINUTE);
    await clinic.startApp();
    const asked = await clinic.responder.reads('It has *not been texted*. Send it now?', { threadTs: head.ts });
    expect(await phone(1).received()).toEqual(before);
    await clinic.responder.presses('Don’t', asked);
    await clinic.shows(asked, 'and not texted', clinic.responder);
    expect(await phone(1).received()).toEqual(before);
  });

  test('a ✅ that was given counts when it starts', async () => {
    const card = await clinic.send({ template: 'Hours', groups: ['Everyone'] });
    await clinic.sender.presses('Send now', card);
    const request = await clinic.approvalCard();
    await clinic.stopApp();
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.startApp();
    await clinic.shows(card, 'Done, 4 of 4 sent');
  });

  test('a ✅ that was taken back does not', async () => {
    const startAt = new Date((await clinic.box.now()).getTime() + 60 * MINUTE);
    const card = await clinic.send({ template: 'Hours', groups: ['Everyone'], startAt });
    await clinic.sender.presses('Schedule', card);
    const request = await clinic.approve();
    await clinic.shows(request, 'Approved: waits for its time', clinic.reviewer);
    await clinic.stopApp();
    await clinic.reviewer.reacts('white_check_mark', request, true);
    await clinic.box.moveClockTo(new Date(startAt.getTime() + MINUTE));
    const before = (await clinic.box.records()).length;
    await clinic.startApp();
    await clinic.shows(card, 'Nothing is sent yet');
    expect((await clinic.box.records()).length).toBe(before);
  });
});

describe('While Slack is in trouble', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ troubled: true });
    await clinic.importPatients(patients(6));
  });
  afterAll(() => clinic.close());

  const FAULTS: readonly (readonly [string, Fault])[] = [
    ['answers 429', { kind: '429', retryAfterSeconds: 1 }],
    ['answers 500', { kind: '500' }],
    ['posts and cuts the connection', { kind: 'drop_after' }],
    ['cuts the connection', { kind: 'drop_before' }],
  ];

  test.each(FAULTS)('and %s, a reply is posted once, as soon as it can be', async (what, fault) => {
    const nth = FAULTS.findIndex(([name]) => name === what) + 1;
    const words = `Hello number ${nth}`;
    await clinic.box.fault('slack', { method: 'chat.postMessage', fault, times: 2 });
    await clinic.box.phone(phoneOf(nth)).texts(words);
    const head = await until('the head card', async () =>
      (await postsWith(clinic, words)).find(({ threadTs }) => threadTs === undefined),
    );
    await until('the reply', async () => (await clinic.inThread(head)).length === 1);
    await clinic.box.phone(phoneOf(nth)).texts(`And one more of number ${nth}`);
    await until('the next reply', async () => (await clinic.inThread(head)).length > 1);
    expect((await clinic.inThread(head)).map(wordsOf).join('\n')).toMatch(
      new RegExp(`${words}[\\s\\S]*And one more of number ${nth}`),
    );
    expect(await clinic.inThread(head)).toHaveLength(2);
    expect((await postsWith(clinic, `number ${nth}`)).filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1);
  });

  test('and refuses an update, the card still comes to say what is true', async () => {
    await clinic.box.phone(phoneOf(5)).texts('Take me');
    const head = await clinic.thread('Take me');
    await clinic.box.fault('slack', { method: 'chat.update', fault: { kind: '500' }, times: 2 });
    await clinic.responder.presses('Take', head);
    await clinic.shows(head, `<@${clinic.responder.id}> has it.`, clinic.responder);
  });

  test('and drops the mark on an answer, the answer is texted once and marked later', async () => {
    const head = await clinic.thread('Take me');
    await clinic.box.fault('slack', { method: 'reactions.add', fault: { kind: 'drop_before' }, times: 2 });
    const answer = await clinic.answers(head, 'We have you');
    await clinic.box.phone(phoneOf(5)).receives('We have you');
    await clinic.marked(answer, 'white_check_mark');
    expect(await clinic.box.phone(phoneOf(5)).received()).toEqual(['We have you']);
  });
});

describe('While Slack is down for an hour', () => {
  let clinic: Clinic;
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));
  beforeAll(async () => {
    clinic = await openClinic({ troubled: true });
    await clinic.importPatients(patients(6));
    await phone(1).texts('Before it');
    await clinic.thread('Before it');
  });
  afterAll(() => clinic.close());

  test('replies wait, and stand once and in order when it is back', async () => {
    await clinic.box.fault('slack', { method: '*', fault: { kind: '500' }, times: 1_000_000 });
    for (const nth of [1, 2, 3]) {
      const { webhookStatus } = await phone(nth).texts(`During it, first of ${nth}`);
      expect(webhookStatus).toBe(200);
    }
    await clinic.box.advanceClock(30 * MINUTE);
    for (const nth of [1, 2, 3]) await phone(nth).texts(`During it, second of ${nth}`);
    await clinic.box.advanceClock(30 * MINUTE);
    expect(await postsWith(clinic, 'During it')).toEqual([]);
    await clinic.box.endFaults('slack');
    for (const nth of [1, 2, 3]) {
      const head = await clinic.thread(`During it, second of ${nth}`);
      const saying = async (words: string): Promise<number[]> =>
        (await clinic.inThread(head)).flatMap((reply) => (wordsOf(reply).includes(words) ? [Number(reply.ts)] : []));
      await until('both', async () => (await saying(`During it, second of ${nth}`)).length > 0);
      const [first, ...doubled] = await saying(`During it, first of ${nth}`);
      const [second, ...more] = await saying(`During it, second of ${nth}`);
      expect([doubled, more]).toEqual([[], []]);
      expect(first).toBeLessThan(second!);
    }
  });

  test('a post in a thread that Slack took and did not answer, or hung on, stands once', async () => {
    const head = await clinic.thread('During it, second of 1');
    for (const kind of ['drop_after', 'hang'] as const) {
      await clinic.box.fault('slack', { method: 'chat.postMessage', fault: { kind }, times: 1 });
      await phone(1).texts(`A ${kind} later`);
      await phone(2).texts(`And after a ${kind}`);
      await until(
        'both threads',
        async () =>
          (
            await Promise.all([`A ${kind} later`, `And after a ${kind}`].map((words) => postsWith(clinic, words)))
          ).every((posts) => posts.some(({ threadTs }) => threadTs !== undefined)),
        60_000,
      );
    }
    const replies = (await clinic.inThread(head)).map(wordsOf);
    for (const kind of ['drop_after', 'hang'])
      expect(replies.filter((words) => words.includes(`A ${kind} later`))).toHaveLength(1);
  }, 90_000);

  test.each([
    ['is archived', { archived: true }, { archived: false }, 'It is archived. Unarchive it'],
    ['has the bot removed', { appIsMember: false }, { appIsMember: true }, '/invite @CareThread'],
  ])('the replies channel %s: admins are told what to do, and nothing is lost', async (what, broken, mended, told) => {
    const set = (change: object) => clinic.post('/slack/control/channel', { id: CHANNELS.replies, ...change });
    await set(broken);
    await phone(4).texts(`While it ${what}`);
    await clinic.admin.reads(told, { channel: clinic.admin.direct });
    await set(mended);
    await clinic.box.advanceClock(15 * MINUTE);
    await until('the reply', async () =>
      (await postsWith(clinic, `While it ${what}`)).some(({ threadTs }) => threadTs),
    );
    const posts = await postsWith(clinic, `While it ${what}`);
    expect(posts.filter(({ threadTs }) => threadTs !== undefined)).toHaveLength(1);
    // Tomorrow admins are told of the next one.
    await clinic.box.advanceClock(24 * 60 * MINUTE);
  });
});

describe('While Twilio is in trouble', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ troubled: true });
    await clinic.importPatients(patients(4));
    await clinic.template({ name: 'Once', text: 'Hi {{ first_name }}, this comes once.' });
  });
  afterAll(() => clinic.close());

  test('and takes texts but does not say so, nobody gets one twice', async () => {
    await clinic.box.fault('twilio', { method: 'messages.create', fault: { kind: 'drop_after' }, times: 2 });
    const card = await clinic.sends({ template: 'Once', groups: ['Everyone'] });
    await clinic.shows(card, 'Done, 4 of 4 sent');
    expect(await clinic.received()).toHaveLength(4);
  });

  test('and is busy, the answer to a patient goes out later', async () => {
    await clinic.box.phone(phoneOf(1)).texts('When do you close?');
    const head = await clinic.thread('When do you close?');
    await clinic.box.fault('twilio', {
      method: 'messages.create',
      fault: { kind: '429', retryAfterSeconds: 1 },
      times: 1,
    });
    const answer = await clinic.answers(head, 'At six');
    await clinic.box.phone(phoneOf(1)).receives('At six');
    await clinic.marked(answer, 'white_check_mark');
    expect((await clinic.box.phone(phoneOf(1)).received()).filter((body) => body === 'At six')).toHaveLength(1);
  });
});
