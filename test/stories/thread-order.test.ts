import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const MINUTE = 60_000;

/** A patient's texts are read as they were written, whatever Slack does and however pressing the last of them is. */
describe('The texts of one patient stand in their thread in order', () => {
  let clinic: Clinic;
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));
  beforeAll(async () => {
    clinic = await openClinic({ troubled: true });
    await clinic.importPatients(patients(8));
    await clinic.template({ name: 'Visit', text: 'Do you come? Reply YES or NO.', replies: 'YES, NO' });
    const campaign = await clinic.sends({ template: 'Visit', groups: ['Everyone'] });
    await clinic.shows(campaign, 'Done, 8 of 8 sent');
  });
  afterAll(() => clinic.close());

  const opened = async (nth: number, words: string): Promise<SandboxMessage> => {
    await phone(nth).texts(words);
    const head = await clinic.thread(words);
    await until('the first reply', async () => (await clinic.inThread(head)).length > 0);
    return head;
  };

  /** What patients wrote in the thread, in the order in which it stands there, once all of it does. */
  const standing = async (head: SandboxMessage, wanted: readonly string[]): Promise<string[]> => {
    const found = async (): Promise<string[]> =>
      (await clinic.inThread(head)).flatMap((reply) => wanted.filter((words) => wordsOf(reply).includes(words)));
    await until(wanted.join(', '), async () => new Set(await found()).size === wanted.length, 30_000);
    return found();
  };

  test.each([
    [1, { kind: '500' }],
    [2, { kind: 'drop_before' }],
  ] as const)('when Slack fails at the first of two (%i)', async (nth, fault) => {
    const head = await opened(nth, `Hello from ${nth}?`);
    await clinic.box.fault('slack', { method: 'chat.postMessage', fault, times: 1 });
    const wanted = [`First of ${nth}`, `Second of ${nth}`];
    for (const words of wanted) await phone(nth).texts(words);
    expect(await standing(head, wanted)).toEqual(wanted);
  });

  test('when the last one is urgent, the earlier ones come along before it', async () => {
    const head = await opened(4, 'Hello from 4?');
    await clinic.box.fault('slack', {
      method: 'chat.postMessage',
      fault: { kind: '429', retryAfterSeconds: 2 },
      times: 1,
    });
    await phone(5).texts('What does it cost');
    await phone(4).texts('yes');
    await phone(4).texts('I have chest pain');
    expect(await standing(head, ['YES', 'chest pain'])).toEqual(['YES', 'chest pain']);
  });

  /** As an admin of the workspace can: with the app's own token. */
  const removes = async (message: { channel: string; ts: string }): Promise<void> => {
    const { SLACK_API_URL = '', SLACK_BOT_TOKEN } = clinic.sandbox.env;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${SLACK_BOT_TOKEN}` };
    const answer = await fetch(`${SLACK_API_URL.replace(/\/?$/, '/')}chat.delete`, {
      method: 'POST',
      headers,
      body: JSON.stringify(message),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
  };
  const setReplies = (change: object) => clinic.post('/slack/control/channel', { id: CHANNELS.replies, ...change });

  test('when the channel takes none of them for a long time, and soon after it was mended', async () => {
    const head = await opened(6, 'Hello from 6?');
    await setReplies({ archived: true });
    const wanted = ['One', 'Two', 'Three', 'Four'].map((word) => `${word} while it was archived`);
    for (const words of wanted) {
      await phone(6).texts(words);
      await clinic.box.advanceClock(7 * MINUTE);
    }
    await setReplies({ archived: false });
    expect(await standing(head, wanted)).toEqual(wanted);
  });

  test('when the head was deleted, what comes next has a new thread', async () => {
    const head = await opened(7, 'Hello from 7?');
    for (const { ts } of [...(await clinic.inThread(head)), head]) await removes({ channel: head.channel, ts });
    await phone(7).texts('Is anybody there now?');
    const anew = await clinic.thread('Is anybody there now?');
    expect(anew.ts).not.toBe(head.ts);
    expect(await standing(anew, ['Is anybody there now?'])).toEqual(['Is anybody there now?']);
    await clinic.answers(anew, 'We are');
    await phone(7).receives('We are');
  });

  test('when the channel is gone and another was set, all of it stands in that one', async () => {
    await opened(8, 'Hello from 8?');
    await setReplies({ deleted: true });
    const wanted = ['A question', 'And another'].map((words) => `${words} into the void`);
    for (const words of wanted) await phone(8).texts(words);
    await clinic.admin.reads('it was deleted', { channel: clinic.admin.direct });
    await clinic.stopApp();
    await clinic.startApp({ CHANNEL_REPLIES: CHANNELS.outreach });
    const head = await until('the conversation', async () =>
      (await clinic.responder.sees()).messages.find(
        (message) =>
          message.channel === CHANNELS.outreach && message.isBot && wordsOf(message).includes('into the void'),
      ),
    );
    expect(await standing(head, wanted)).toEqual(wanted);
    await clinic.answers(head, 'Here we are');
    await phone(8).receives('Here we are');
  });
});
