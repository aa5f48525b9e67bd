import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

/** Six in the evening in Boston; and ten at night, when nobody may be texted. */
const EVENING = '2026-11-24T23:00:00Z';
const NIGHT = new Date('2026-11-25T03:00:00Z');
const MORNING = new Date('2026-11-25T12:00:30Z');

describe('Staff answer patients in their threads', () => {
  let clinic: Clinic;
  const heads: SandboxMessage[] = [];
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));
  const head = (nth: number): SandboxMessage => heads[nth]!;
  const inThread = (nth: number) => ({ channel: CHANNELS.replies, threadTs: head(nth).ts });

  beforeAll(async () => {
    clinic = await openClinic({ now: EVENING });
    await clinic.importPatients(patients(6));
    for (let nth = 1; nth <= 6; nth += 1) {
      await phone(nth).texts(`Question of patient ${nth}?`);
      heads[nth] = await clinic.thread(`Question of patient ${nth}?`);
    }
  });
  afterAll(() => clinic.close());

  test('a long text goes out, and its segments are told to the one who wrote it', async () => {
    await clinic.answers(head(1), 'Please come at three. '.repeat(20));
    await clinic.responder.reads(/3 segments: your text is long/, inThread(1));
    await phone(1).receives('Please come at three.');
  });

  test('who answers has the patient; the second is told who it is, once, and the text goes all the same', async () => {
    await clinic.answers(head(2), 'Yes, there is parking.');
    await clinic.shows(head(2), `<@${clinic.responder.id}> has it.`, clinic.responder);
    await clinic.answers(head(2), 'And it is free.', clinic.admin);
    const told = `<@${clinic.responder.id}> has this patient.`;
    await clinic.admin.reads(told, inThread(2));
    await phone(2).receives('And it is free.');
    const last = await clinic.answers(head(2), 'Come by the back door.', clinic.admin);
    await clinic.marked(last, 'white_check_mark');
    const notes = (await clinic.inThread(head(2))).filter((message) => wordsOf(message).includes(told));
    expect(notes).toHaveLength(1);
  });

  test('an edited or deleted text is not texted again, and all are told that the patient has the old one', async () => {
    const answer = await clinic.answers(head(3), 'Come at three.');
    await clinic.marked(answer, 'white_check_mark');
    await clinic.responder.edits(answer, 'Come at four.');
    await clinic.responder.reads('the patient still has the old text', inThread(3));
    await clinic.responder.deletes(answer);
    await clinic.responder.reads('the patient still has the text', inThread(3));
    expect((await phone(3).received()).join()).not.toContain('four');
  });

  test('at night, who has just written is answered; everybody else’s text is held, with a choice', async () => {
    await clinic.box.moveClockTo(NIGHT);
    await phone(4).texts('Are you there?');
    await clinic.thread('Are you there?');
    await clinic.answers(head(4), 'We are.');
    await phone(4).receives('We are.');
    const held = await clinic.answers(head(5), 'Your results are here.');
    await clinic.marked(held, 'hourglass_flowing_sand');
    const card = await clinic.responder.reads('outside texting hours', inThread(5));
    expect(wordsOf(card)).toContain('It is 10:00 PM where this patient lives');
    expect(wordsOf(card)).toContain('goes out by itself at *7:00 AM*');
    await clinic.responder.presses('Hold until 7:00 AM', card);
    await clinic.shows(card, 'it may wait', clinic.responder);
    expect(await phone(5).received()).toEqual([]);
  });

  test('sending now takes the role and a reason, goes at once, and is on the record', async () => {
    const urgent = await clinic.answers(head(6), 'Please call us tonight.');
    const card = await clinic.responder.reads('outside texting hours', inThread(6));
    await clinic.sender.presses('Send now', card);
    await clinic.sender.reads('Only responders and admins may send a text outside texting hours', {
      channel: CHANNELS.replies,
    });
    await clinic.responder.presses('Send now', card);
    const refused = await clinic.responder.submits({ 'Why?': ' ' });
    expect(refused.ok && refused.responseAction === 'closed').toBe(false);
    await clinic.responder.submits({ 'Why?': 'Potassium is dangerously high' });
    await phone(6).receives('Please call us tonight.');
    await clinic.marked(urgent, 'white_check_mark');
    await clinic.shows(card, /Sent outside texting hours by .*: Potassium is dangerously high/, clinic.responder);
    await clinic.admin.types('/outreach audit', CHANNELS.outreach);
    await clinic.admin.reads(/texted a patient outside texting hours[\s\S]*Potassium/);
    expect(await phone(5).received()).toEqual([]);
  });

  test('a held text follows its message: new words, or none', async () => {
    await clinic.box.advanceClock(31 * 60_000);
    const first = await clinic.answers(head(3), 'The old words');
    const second = await clinic.answers(head(1), 'Forget this');
    await clinic.marked(first, 'hourglass_flowing_sand');
    await clinic.responder.edits(first, 'The new words & no more');
    await clinic.responder.reads('the patient gets the new words', inThread(3));
    await clinic.marked(second, 'hourglass_flowing_sand');
    await clinic.responder.deletes(second);
    await clinic.responder.reads('the patient does not get it', inThread(1));
    await clinic.box.moveClockTo(MORNING);
    await phone(5).receives('Your results are here.');
    await phone(3).receives('The new words & no more');
    expect((await phone(3).received()).join()).not.toContain('The old words');
    expect((await phone(1).received()).join()).not.toContain('Forget this');
  });

  test('STOP skips what is held at once, and the mark says so', async () => {
    await clinic.box.moveClockTo(new Date('2026-11-26T03:00:00Z'));
    const held = await clinic.answers(head(2), 'Bring your card');
    await clinic.marked(held, 'hourglass_flowing_sand');
    await phone(2).texts('please stop texting me');
    await clinic.marked(held, 'warning');
    await clinic.responder.reads('Not delivered. The patient has opted out', inThread(2));
  });

  test('an admin undoes an opt-out with a reason; nobody else may', async () => {
    const card = await clinic.shows(head(2), 'Opted out: cannot be texted', clinic.responder);
    await clinic.responder.presses('Undo opt-out', card);
    await clinic.responder.reads('Only admins may undo an opt-out', { channel: CHANNELS.replies });
    await clinic.admin.presses('Undo opt-out', card);
    await clinic.admin.submits({ 'Why?': 'Called us: it was the wrong number' });
    await until('the end of the opt-out', async () => {
      const now = await clinic.responder.again(card);
      return !wordsOf(now).includes('Opted out: cannot be texted');
    });
  });

  test('the patient card shows the profile to the one who asked', async () => {
    await clinic.responder.presses('Patient card', await clinic.responder.again(head(1)));
    await clinic.responder.reads(/Pat1 R\.[\s\S]*id 1001/, { channel: CHANNELS.replies });
  });
});
