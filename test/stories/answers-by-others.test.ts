/** Every way to write to a patient, tried by somebody who may not: refused in words, nothing is sent, the text is not lost. */
import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

/** Nine in the evening in Boston: what is written to who has not just written is held. */
const EVENING = '2026-11-25T02:30:00Z';
const ONLY = /Only responders and admins may/;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('Who is no responder', () => {
  let clinic: Clinic;
  let head: SandboxMessage;
  let held: SandboxMessage;
  const outgoing = async (): Promise<string[]> => (await clinic.received()).map(({ body }) => body);
  const texted = () => clinic.audit().filter(({ action }) => action === 'conversation.text').length;
  const refusedAt = async (message: { channel: string; ts: string }): Promise<void> => {
    await clinic.marked(message, 'warning');
    await clinic.sender.reads(/Not texted\. Only responders and admins may text patients back/, { threadTs: head.ts });
  };

  beforeAll(async () => {
    clinic = await openClinic({
      now: EVENING,
      env: { RESPONDERS: 'U0RESPONDER1,U0SENDER1' },
      slack: { redeliveryDelaysMs: [] },
    });
    await clinic.importPatients(patients(3));
    await clinic.box.phone(phoneOf(1)).texts('Are you open on Friday?');
    head = await clinic.thread('Are you open on Friday?');
    await clinic.responder.types('/outreach text 1002', CHANNELS.outreach);
    await clinic.responder.submits({ Text: 'Your results are here.' });
    held = await clinic.responder.reads('outside texting hours', { channel: CHANNELS.replies });
  });
  afterAll(() => clinic.close());

  test('and was one while the form was opened: it says so at the field, and keeps what was typed', async () => {
    const { sender } = clinic;
    await sender.types('/outreach text 1003', CHANNELS.outreach);
    const form = await sender.modal();
    await clinic.stopApp();
    await clinic.startApp({ RESPONDERS: clinic.responder.id });
    const answer = await sender.submits({ Text: 'We close at noon' });
    expect(answer.responseAction).toBe('errors');
    expect(JSON.stringify(answer.errors)).toMatch(ONLY);
    expect((await sender.modal()).id).toBe(form.id);
    expect(texted()).toBe(1);
  });

  test('a reply, one that is shown in the channel as well, and a picture in the thread', async () => {
    const { sender } = clinic;
    const where = { channel: head.channel, threadTs: head.ts };
    await refusedAt({ channel: head.channel, ts: await sender.says('Friday is fine', where) });
    await refusedAt({ channel: head.channel, ts: await sender.says('To all of you', { ...where, broadcast: true }) });
    const { ts } = await clinic.post<{ ts: string }>('/slack/control/message', {
      user: sender.id,
      text: 'The map',
      channel: head.channel,
      threadTs: head.ts,
      files: [{ name: 'map.png', mimetype: 'image/png', base64: PNG.toString('base64') }],
    });
    await refusedAt({ channel: head.channel, ts });
    const kept = (await clinic.inThread(head)).map(wordsOf).join('\n');
    for (const words of ['Friday is fine', 'To all of you', 'The map']) expect(kept).toContain(words);
  });

  test('an edit of what was refused, and a reply that was written while the app was down', async () => {
    const { sender } = clinic;
    const refused = (await clinic.inThread(head)).find((message) => wordsOf(message).includes('Friday is fine'))!;
    await sender.edits(refused, 'Friday is fine, really');
    await clinic.stopApp();
    const written = await clinic.answers(head, 'Come at ten', sender);
    await clinic.startApp({ RESPONDERS: clinic.responder.id });
    await refusedAt(written);
  });

  test('the command, the button on a patient’s card, and Hold and Send now on a held text', async () => {
    const { sender } = clinic;
    await sender.types('/outreach text 1003', CHANNELS.outreach);
    await sender.reads(/Only responders and admins may start a conversation/, { channel: CHANNELS.outreach });
    await sender.types('/outreach patient 1003', CHANNELS.outreach);
    const card = await sender.reads('Pat3 R.', { channel: CHANNELS.outreach });
    await sender.presses('Text', card).catch((error: unknown) => expect(String(error)).toContain('there is no button'));
    for (const label of [/^Hold/, /^Send now/]) {
      const button = wordsOf(held)
        .split('\n')
        .find((words) => label.test(words))!;
      await sender.presses(button, held);
    }
    await until('both to be refused', async () => {
      const told = (await sender.sees()).messages.filter(
        ({ channel, ephemeralFor }) => channel === CHANNELS.replies && ephemeralFor === sender.id,
      );
      return told.filter((message) => ONLY.test(wordsOf(message))).length >= 2;
    });
    expect((await sender.sees()).modals.map(({ view }) => wordsIn(view)).join()).not.toContain('Why?');
  });

  test('nothing of it was sent, and only the responder’s text goes when texting opens', async () => {
    expect(await outgoing()).toEqual([]);
    await clinic.box.moveClockTo(new Date('2026-11-25T12:05:00Z'));
    await clinic.box.phone(phoneOf(2)).receives('Your results are here.');
    expect((await outgoing()).filter((body) => !body.includes('Your results'))).toEqual([]);
    expect(texted()).toBe(1);
  });
});
