import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

/** Nine in the evening in Boston: texts are held unless the patient has just written. */
const EVENING = '2026-11-25T02:30:00Z';

describe('What staff do in threads while nobody listens', () => {
  let clinic: Clinic;
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));
  const opened = async (nth: number, words: string) => {
    await phone(nth).texts(words);
    return clinic.thread(words);
  };
  beforeAll(async () => {
    // Nothing is delivered again: what happened meanwhile has to be looked for.
    clinic = await openClinic({ now: EVENING, slack: { redeliveryDelaysMs: [] }, troubled: true });
    await clinic.importPatients(patients(6));
  });
  afterAll(() => clinic.close());

  test('what was texted and edited or deleted while the app was down: all are told, once, and held texts follow', async () => {
    const head = await opened(1, 'Hello?');
    const edited = await clinic.answers(head, 'Come at ten');
    const deleted = await clinic.answers(head, 'Bring your pills');
    await phone(1).receives('Come at ten');
    await phone(1).receives('Bring your pills');
    await clinic.box.advanceClock(40 * 60_000);
    const reworded = await clinic.answers(head, 'Held, old words');
    const withdrawn = await clinic.answers(head, 'Held, and taken back');
    await until('both to be held', async () => {
      const replies = await clinic.inThread(head);
      return replies.filter((reply) => wordsOf(reply).includes('This text is held')).length === 2;
    });
    await clinic.stopApp();
    await clinic.responder.edits(edited, 'Come at eleven');
    await clinic.responder.deletes(deleted);
    await clinic.responder.edits(reworded, 'Held, new words');
    await clinic.responder.deletes(withdrawn);
    const told = async (words: string): Promise<number> =>
      (await clinic.inThread(head)).filter((reply) => wordsOf(reply).includes(words)).length;
    for (let starts = 0; starts < 2; starts += 1) {
      await clinic.startApp();
      for (const words of [
        'the patient still has the old text',
        'the patient still has the text',
        'changed a text before it went out',
        'took a text back',
      ])
        await until(words, async () => (await told(words)) === 1);
      await clinic.stopApp();
    }
    await clinic.box.advanceClock(11 * 3_600_000);
    await clinic.startApp();
    await phone(1).receives('Held, new words');
    expect((await phone(1).received()).filter((body) => /eleven|old words|taken back/.test(body))).toEqual([]);
  });

  test('an answer under a head of which Slack did not say that it stands is texted', async () => {
    await clinic.box.fault('slack', { method: 'chat.postMessage', fault: { kind: 'drop_after' }, times: 1 });
    const head = await opened(2, 'Are you there?');
    await clinic.answers(head, 'We are here');
    await phone(2).receives('We are here');
  });

  test('an answer from when the app was not in the channel is texted once it is', async () => {
    const head = await opened(3, 'May I come?');
    const member = (appIsMember: boolean) =>
      clinic.post('/slack/control/channel', { id: CHANNELS.replies, appIsMember });
    await member(false);
    await clinic.answers(head, 'You may');
    await phone(3).texts('Thank you very much indeed?');
    await clinic.admin.reads('/invite @CareThread', { channel: clinic.admin.direct });
    expect(await phone(3).received()).toEqual([]);
    await member(true);
    await clinic.box.advanceClock(60_000);
    await phone(3).receives('You may');
    expect(await phone(3).received()).toEqual(['You may']);
  });

  test('a patient’s text from then is read before the one that comes as the app starts', async () => {
    const head = await opened(4, 'Good evening?');
    await clinic.stopApp();
    await phone(4).texts('stop texting me please');
    await clinic.box.advanceClock(60_000);
    await clinic.box.fault('twilio', { method: 'messages.list', fault: { kind: '500' }, times: 2 });
    await clinic.startApp();
    await phone(4).texts('START');
    await until('both', async () => {
      const said = (await clinic.inThread(head)).map(wordsOf);
      return said.some((words) => words.includes('Opted out')) && said.some((words) => words.includes('Wants texts'));
    });
    expect(wordsOf(await clinic.responder.again(head))).not.toContain('cannot be texted');
  });
});
