import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';

const SAMPLE = readFileSync(join(__dirname, '../../samples/patients.csv'));

/** The clock of this story: closing time in New York is near, and everywhere west of it texting goes on. */
const EVENING_IN_NEW_YORK = '2026-11-25T02:05:00Z';
/** Seven in the morning in Honolulu, and later everywhere else. */
const NEXT_MORNING = '2026-11-25T17:00:30Z';

describe.each(['HTTP', 'Socket Mode'])('From a CSV in Slack to a patient’s reply in a thread, over %s', (way) => {
  let clinic: Clinic;
  let campaign: SandboxMessage;
  let thread: SandboxMessage;
  /** The phones that have the campaign's text: the first answers YES, the second asks something. */
  let texted: string[];

  beforeAll(async () => {
    clinic = await openClinic({
      now: EVENING_IN_NEW_YORK,
      socketMode: way === 'Socket Mode',
      env: { APPROVAL_THRESHOLD: '50' },
    });
  });
  afterAll(() => clinic.close());

  test('1. a dropped file is previewed with what is wrong in it, and Confirm brings the patients in', async () => {
    const card = await clinic.drops(SAMPLE);
    const words = wordsOf(card);
    expect(words).toContain('186 new, 0 changed, 0 unchanged, 12 rejected, 2 in the file twice');
    expect(words).toMatch(/no mobile number.*lines 10, 100/i);
    await clinic.sender.presses('Confirm', card);
    const done = await clinic.shows(card, '186 new, 0 changed*: patients.csv is imported');
    expect(buttonsIn(done.blocks).map(({ label }) => label)).toEqual(['Undo']);
  });

  test('2. a template is shown as a real patient would get it, with its segments', async () => {
    const card = await clinic.template({
      name: 'Second dose',
      text: 'Hi {{ first_name }}, {{ clinic_name }} has your second dose. Can you come this week? Reply YES or NO.',
      replies: 'YES, NO',
    });
    expect(wordsOf(card)).toMatch(/As \S+ \S\. would get it.*1 segment/);
    expect(wordsOf(card)).toMatch(/Hi \S+, Riverbend Clinic has your second dose/);
  });

  test('3. a send counts its recipients and who is left out, and waits for a reviewer who is not the sender', async () => {
    campaign = await clinic.send({ template: 'Second dose', groups: ['2nd dose', 'Seniors'] });
    expect(wordsOf(campaign)).toMatch(/\d+ patients would get “Second dose”/);
    expect(wordsOf(campaign)).toContain('2 left out: opted out (2)');
    await clinic.sender.presses('Send now', campaign);
    const request = await clinic.approvalCard();
    await clinic.sender.reacts('white_check_mark', request);
    await clinic.sender.reads('does not count', { channel: CHANNELS.approvals });
    expect(await clinic.box.phones()).toEqual([]);
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(request, 'Approved', clinic.reviewer);
  });

  test('4. the phones where texting is open receive; the others at seven in the morning; the card counts to done', async () => {
    const waiting = await clinic.shows(campaign, /waiting/);
    expect(wordsOf(waiting)).toContain('sent: “Second dose”');
    const inTheEvening = await until('the texts of the evening', async () => {
      const { length } = await clinic.received();
      return length > 20 && length;
    });
    await clinic.box.moveClockTo(new Date(NEXT_MORNING));
    await clinic.shows(campaign, 'Done, 115 of 115 sent');
    const received = await clinic.received();
    expect(received.length).toBeGreaterThan(inTheEvening);
    expect(new Set(received.map(({ number, body }) => `${number} ${body}`)).size).toBe(115);
    texted = [...new Set(received.map(({ number }) => number))];
  });

  test('5. YES is counted; something else gets a thread, flagged 🟠', async () => {
    await clinic.box.phone(texted[0]!).texts('Yes please!');
    await clinic.box.phone(texted[1]!).texts('Is there parking? I come by wheelchair');
    thread = await clinic.thread(/🟠[\s\S]*parking/);
    await clinic.responder.reads('parking', { channel: CHANNELS.replies, threadTs: thread.ts });
    await clinic.shows(campaign, /Replies: 1 YES, 1 🟠 unexpected/);
  });

  test('6. the responder answers in the thread, the phone shows it, and the message gets ✅', async () => {
    const answer = await clinic.answers(thread, 'Yes, two places by the door :wave:');
    expect(await clinic.box.phone(texted[1]!).receives('two places')).toBe('Yes, two places by the door 👋');
    // For a moment it stands beside the ⏳ that it takes the place of.
    await until('✅ alone', async () => {
      const { reactions } = await clinic.marked(answer, 'white_check_mark');
      return reactions.map(({ name }) => name).join() === 'white_check_mark';
    });
  });

  test('7. the responses are listed, unexpected ones first, and handed over as a CSV', async () => {
    await clinic.responder.types('/outreach responses', CHANNELS.replies);
    const list = await clinic.responder.reads(/parking[\s\S]*Yes please/, { channel: CHANNELS.replies });
    await clinic.responder.presses('Download CSV', list);
    const file = await until('the CSV', async () =>
      (await clinic.responder.sees()).messages
        .flatMap(({ files }) => files)
        .find(({ name }) => name.startsWith('responses')),
    );
    const csv = await (await fetch(new URL(file.controlUrl, clinic.box.address))).text();
    expect(csv).toMatch(/parking[\s\S]*Yes please/);
    expect((await clinic.sender.sees()).messages.flatMap(({ files }) => files.map(({ id }) => id))).not.toContain(
      file.id,
    );
  });

  test('8. a phone that texts STOP gets nothing more', async () => {
    const phone = clinic.box.phone(texted[1]!);
    await phone.texts('STOP');
    await clinic.shows(thread, 'Opted out', clinic.responder);
    const before = await phone.received();
    const answer = await clinic.answers(thread, 'One more thing');
    await clinic.marked(answer, 'warning');
    await clinic.responder.reads(/Not texted\. The patient has opted out/, { threadTs: thread.ts });
    expect(await phone.received()).toEqual(before);
  });
});
