import { wordsOf } from '../../src/sandbox/driver/blocks';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

describe('Admins say how replies are handled', () => {
  let clinic: Clinic;
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));

  /** Presses a button under `/outreach settings`. */
  const opens = async (label: string): Promise<void> => {
    await clinic.admin.types('/outreach settings', CHANNELS.outreach);
    await clinic.admin.presses(label, await clinic.admin.reads('Settings', { channel: CHANNELS.outreach }));
  };

  beforeAll(async () => {
    clinic = await openClinic({ now: '2026-11-24T19:00:00Z' });
    const rows = patients(7);
    await clinic.importPatients([
      ...rows.slice(0, 5),
      { ...rows[5]!, groups: 'Seniors' },
      rows[6]!,
      { ...rows[6]!, id: '2007', first: 'Ida', last: 'Stone' },
    ]);
    await clinic.template({ name: 'Visit', text: 'Do you come? Reply YES or NO.', replies: 'YES\nNO' });
    await clinic.shows(await clinic.sends({ template: 'Visit', groups: ['Everyone'] }), 'Done');
  });
  afterAll(() => clinic.close());

  test('what cannot be read is refused at its field', async () => {
    await opens('Change replies');
    const { responseAction, errors } = await clinic.admin.submits({
      'Emergency words': '…',
      'On call': 'the nurse',
      'Clinic hours': 'nine to five',
      'Remind after hours': 'soon',
    });
    expect(responseAction).toBe('errors');
    expect(Object.keys(errors ?? {})).toHaveLength(4);
  });

  test('a word of their own is urgent and calls who is on call; expected replies are counted only', async () => {
    await clinic.admin.submits({
      'Emergency words': 'labor pain\nchest pain',
      'On call': clinic.reviewer.id,
      'Replies that get a thread': 'Unexpected ones only',
      'Clinic hours': 'Mon-Fri 08:00-16:00',
      'Remind after hours': '4',
    });
    await clinic.admin.reads('The settings of conversations are changed');
    await phone(1).texts('Yes');
    await phone(2).texts('I am in labor pain');
    const head = await clinic.thread('labor pain');
    const reply = await clinic.responder.reads('labor pain', { channel: CHANNELS.replies, threadTs: head.ts });
    expect(wordsOf(reply)).toContain(`<@${clinic.reviewer.id}>`);
    const { messages } = await clinic.responder.sees();
    expect(messages.filter(({ channel, isBot }) => channel === CHANNELS.replies && isBot)).toHaveLength(2);
  });

  test('a group’s replies go to the channel of their route; where the app is not, to the usual one, and admins are told', async () => {
    await opens('Where replies go');
    await clinic.admin.submits({ 'Whose replies': 'Patients in Seniors', Channel: CHANNELS.imports });
    await clinic.admin.reads(`These replies go to <#${CHANNELS.imports}>`);
    await phone(6).texts('Where do I park?');
    await clinic.responder.reads('Where do I park?', { channel: CHANNELS.imports });
    await clinic.post('/slack/control/channel', { id: CHANNELS.approvals, appIsMember: false });
    await opens('Where replies go');
    await clinic.admin.submits({ 'Whose replies': 'Answers to Visit', Channel: CHANNELS.approvals });
    await phone(3).texts('Is it cold?');
    const head = await clinic.thread('Is it cold?');
    await clinic.responder.reads('Is it cold?', { channel: CHANNELS.replies, threadTs: head.ts });
    await clinic.admin.reads(`I cannot post in <#${CHANNELS.approvals}>`);
    await clinic.post('/slack/control/channel', { id: CHANNELS.approvals, appIsMember: true });
    await opens('Where replies go');
    await clinic.admin.submits({ 'Whose replies': 'Answers to Visit' });
    await clinic.admin.reads('These replies go to <#C0REPLIES> again');
  });

  test('of a family on one number, staff say which one it is', async () => {
    await phone(7).texts('It is me');
    const head = await clinic.thread('It is me');
    expect(wordsOf(head)).toContain('Pat7 R. / Ida S.');
    const menu = JSON.stringify(head.blocks).match(/Ida S\. \(id [^"]*\)/)?.[0] ?? '';
    const listed = async (words: string): Promise<void> => {
      await clinic.responder.types('/outreach responses unanswered by time', CHANNELS.replies);
      await clinic.responder.reads(new RegExp(`🟠 \\n?${words}\\nIt is me`), { channel: CHANNELS.replies });
    };
    await listed('Pat7 R\\. / Ida S\\.');
    await clinic.responder.chooses(menu, head);
    await clinic.shows(head, `This is *Ida S.*, says <@${clinic.responder.id}>.`, clinic.responder);
    await listed('Ida S\\.');
  });

  test('outside the clinic’s hours there is one automatic answer, and after four hours nobody had it, a reminder', async () => {
    await clinic.box.moveClockTo(new Date('2026-11-24T21:30:00Z'));
    await phone(4).texts('Are you open?');
    expect(await phone(4).receives('we are closed now')).toContain('Wednesday');
    await phone(4).texts('Hello?');
    await clinic.thread('Hello?');
    expect((await phone(4).received()).filter((body) => body.includes('closed now'))).toHaveLength(1);
    await clinic.box.moveClockTo(new Date('2026-11-25T13:05:00Z'));
    const reminder = await clinic.responder.reads('nobody has taken', { channel: CHANNELS.replies });
    expect(wordsOf(reminder)).toMatch(/waited 4 hours or more[\s\S]*Pat2 R\.[\s\S]*Pat4 R\./);
  });

  test('`/outreach text` opens a form for the first text, which stands in the thread with its mark', async () => {
    await clinic.responder.types('/outreach text 1005', CHANNELS.outreach);
    const { responseAction } = await clinic.responder.submits({ Text: 'Your results are here.' });
    expect(responseAction).toBe('closed');
    await phone(5).receives('Your results are here.');
    await clinic.responder.reads(/✅ <@\w+> texted:[\s\S]*Your results are here\./, { channel: CHANNELS.replies });
  });

  test('what was written while the app was down for long is asked about: Send, or Don’t', async () => {
    const head = await clinic.thread('Hello?');
    await clinic.stopApp();
    const sent = await clinic.answers(head, 'Come at nine');
    const dropped = await clinic.answers(head, 'Come at ten');
    await clinic.box.advanceClock(20 * 60_000);
    await clinic.startApp();
    const place = { channel: CHANNELS.replies, threadTs: head.ts };
    const ask = await clinic.responder.reads(/not been texted[\s\S]*Come at nine/, place);
    await clinic.responder.presses('Send', ask);
    await phone(4).receives('Come at nine');
    await clinic.marked(sent, 'white_check_mark');
    await clinic.responder.presses('Don’t', await clinic.responder.reads(/not been texted[\s\S]*Come at ten/, place));
    await clinic.marked(dropped, 'warning');
    expect((await phone(4).received()).join()).not.toContain('Come at ten');
  });
});
