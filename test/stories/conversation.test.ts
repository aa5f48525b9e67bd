import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const HOSTILE = '<!channel> *x* &amp; :smile: <https://x|y> @here `z`';

/** All texts of a message that Slack would read as markup. */
const mrkdwnIn = (message: SandboxMessage): string => JSON.stringify(message.blocks).concat(message.text);

describe('Conversations with patients', () => {
  let clinic: Clinic;
  let campaign: SandboxMessage;
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));

  beforeAll(async () => {
    clinic = await openClinic();
    const rows = patients(12);
    await clinic.importPatients([...rows, { ...rows[3]!, id: '2004', first: 'Ida', last: 'Stone' }]);
    await clinic.template({
      name: 'Visit',
      text: 'Hi {{ first_name }}, do you come tomorrow? Reply YES or NO.',
      replies: 'YES: yes, sure\nNO',
    });
    campaign = await clinic.sends({ template: 'Visit', groups: ['Everyone'] });
    await clinic.shows(campaign, 'Done, 13 of 13 sent');
  });
  afterAll(() => clinic.close());

  describe('what patients text', () => {
    test('an expected answer is counted, in its thread, and asks nothing of anybody', async () => {
      await phone(1).texts('Sure, thank you!');
      await clinic.shows(campaign, 'Replies: 1 YES');
      const head = await clinic.thread('Sure, thank you!');
      expect(wordsOf(head)).toMatch(/^✅ Pat1 R\./);
      expect(wordsOf(head)).toContain('answers “Visit”');
    });

    test('what was not expected is flagged 🟠, with why', async () => {
      await phone(2).texts('yes but I have a fever');
      const head = await clinic.thread(/🟠[\s\S]*fever/);
      const reply = await clinic.responder.reads('fever', { channel: CHANNELS.replies, threadTs: head.ts });
      expect(wordsOf(reply)).toContain('Because it matches none of YES, NO');
      await clinic.shows(campaign, '1 🟠 unexpected');
    });

    test('an emergency word makes it 🔴, beside whatever else is said', async () => {
      await phone(3).texts('YES but I have chest pain');
      const head = await clinic.thread(/🔴[\s\S]*chest pain/);
      const reply = await clinic.responder.reads('chest pain', { channel: CHANNELS.replies, threadTs: head.ts });
      expect(wordsOf(reply)).toContain('Because it holds the emergency word “chest pain”');
      await clinic.shows(campaign, 'Replies: 1 🔴 urgent, 1 YES, 1 🟠 unexpected');
    });

    test('two patients on one number are both named', async () => {
      await phone(4).texts('Which of us two?');
      const head = await clinic.thread('Which of us two?');
      expect(wordsOf(head)).toContain('Pat4 R. / Ida S.');
    });

    test('Slack shows as typed what would be markup of its own, and nobody is notified', async () => {
      await phone(5).texts(HOSTILE);
      const head = await until('the hostile text', async () =>
        (await clinic.responder.sees()).messages.find(
          (message) => message.threadTs === undefined && wordsIn(message.blocks).includes(HOSTILE),
        ),
      );
      const reply = await clinic.responder.reads(HOSTILE, { channel: CHANNELS.replies, threadTs: head.ts });
      for (const message of [head, reply]) {
        expect(message.text).not.toMatch(/<!channel>|<https:\/\/x/);
        expect(mrkdwnIn(message)).not.toContain('"type":"mrkdwn","text":"<!channel>');
      }
    });

    test('who is in no book is an unknown number, and has a thread all the same', async () => {
      await clinic.box.phone('+16175559911').texts('Who is this?');
      const head = await clinic.thread('Who is this?');
      expect(wordsOf(head)).toMatch(/🟠 Unknown number .*9911/);
    });

    test('several texts of one patient stand in one thread, in their order', async () => {
      for (const words of ['first', 'second', 'third']) await phone(6).texts(`${words} of three`);
      const head = await clinic.thread('third of three');
      const replies = await until('all three', async () => {
        const found = await clinic.inThread(head);
        return found.length === 3 && found;
      });
      expect(replies.map((message) => /(\w+) of three/.exec(wordsOf(message))?.[1])).toEqual([
        'first',
        'second',
        'third',
      ]);
    });

    test('names and numbers are masked', async () => {
      const { messages } = await clinic.responder.sees();
      const all = messages
        .filter(({ isBot }) => isBot)
        .map(mrkdwnIn)
        .join('\n');
      expect(all).not.toContain('Rivera');
      expect(all).not.toContain(phoneOf(2));
      expect(all).not.toMatch(/617-?555-?2002/);
    });
  });

  describe('what staff do with them', () => {
    test('Take and Resolve show on the card; a new reply opens it again', async () => {
      await phone(7).texts('Can my son come along?');
      const head = await clinic.thread('Can my son come along?');
      expect(wordsOf(head)).toContain('Open: nobody has it yet.');
      await clinic.responder.presses('Take', head);
      await clinic.shows(head, `Open: <@${clinic.responder.id}> has it.`, clinic.responder);
      await clinic.responder.presses('Resolve', await clinic.responder.again(head));
      await clinic.shows(head, 'A new reply opens it again.', clinic.responder);
      await phone(7).texts('And my daughter?');
      const opened = await clinic.shows(head, /^🟠[\s\S]*And my daughter\?/, clinic.responder);
      expect(wordsOf(opened)).toContain('Open: ');
    });

    test('without the role they are told why', async () => {
      const head = await clinic.thread('Which of us two?');
      await clinic.sender.presses('Take', head);
      await clinic.sender.reads('Only responders and admins may text patients back', { channel: CHANNELS.replies });
      const answer = await clinic.answers(head, 'I should not write here', clinic.sender);
      await clinic.marked(answer, 'warning');
      await clinic.sender.reads(/Not texted\. Only responders and admins may text patients back/, {
        threadTs: head.ts,
      });
      expect((await phone(4).received()).join()).not.toContain('I should not');
    });

    test('an answer is texted as it was typed, Slack’s markup undone, and marked ✅', async () => {
      const head = await clinic.thread('Which of us two?');
      const answer = await clinic.answers(head, 'Both & <@U0ADMIN1> <3 :tada: https://clinic.example/map *now*');
      const text = await phone(4).receives('Both &');
      expect(text).toBe('Both & @Helen Brandt <3 🎉 https://clinic.example/map *now*');
      const { reactions } = await clinic.marked(answer, 'white_check_mark');
      expect(reactions.map(({ name }) => name)).toEqual(['white_check_mark']);
      await clinic.shows(head, 'Waiting for the patient’s answer.', clinic.responder);
    });

    test('an event that Slack delivers again texts once', async () => {
      const head = await clinic.thread('Which of us two?');
      const answer = await clinic.answers(head, 'Once and only once');
      const events = await clinic.get<{ eventId: string; type: string }[]>('/slack/control/deliveries');
      const event = events.findLast(({ type }) => type === 'message');
      await clinic.post('/slack/control/redeliver', { eventId: event?.eventId });
      await clinic.post('/slack/control/redeliver', { eventId: event?.eventId });
      await clinic.marked(answer, 'white_check_mark');
      expect((await phone(4).received()).filter((body) => body === 'Once and only once')).toHaveLength(1);
    });

    test('what begins with // stays inside, marked 📝', async () => {
      const head = await clinic.thread('Which of us two?');
      const before = await phone(4).received();
      const note = await clinic.answers(head, '// she called twice already');
      const other = await clinic.answers(head, 'note: see her chart');
      await clinic.marked(note, 'memo');
      await clinic.marked(other, 'memo');
      expect(await phone(4).received()).toEqual(before);
    });

    test('what is also sent to the channel, or written outside a thread, is not texted', async () => {
      const head = await clinic.thread('Which of us two?');
      const before = await phone(4).received();
      await clinic.responder.says('For all to see', { channel: head.channel, threadTs: head.ts, broadcast: true });
      await clinic.responder.says('Good morning, team', { channel: head.channel });
      const answer = await clinic.answers(head, 'This one is for you');
      await clinic.marked(answer, 'white_check_mark');
      expect(await phone(4).received()).toEqual([...before, 'This one is for you']);
      await clinic.responder.reads('Not texted. It was also sent to the channel', { threadTs: head.ts });
    });

    test('too long is refused with how long it is; a file is refused with what to do', async () => {
      const head = await clinic.thread('Which of us two?');
      const long = await clinic.answers(head, 'Please come. '.repeat(130));
      await clinic.marked(long, 'warning');
      await clinic.responder.reads(/Not texted\. It would be 1\d segments; 10 are the most\./, { threadTs: head.ts });
      await clinic.post('/slack/control/message', {
        user: clinic.responder.id,
        channel: head.channel,
        threadTs: head.ts,
        text: 'The way to us',
        files: [{ name: 'map.pdf', mimetype: 'application/pdf', base64: 'JVBERi0xLjcK' }],
      });
      await clinic.responder.reads('Only pictures (JPG, PNG, GIF) can be texted. Post it again without the file', {
        threadTs: head.ts,
      });
      expect((await phone(4).received()).join()).not.toContain('The way to us');
    });

    test('a landline: ⚠️ with the reason, and the next answer is refused with it', async () => {
      await phone(8).texts('Call me on this number');
      const head = await clinic.thread('Call me on this number');
      await clinic.post('/twilio/control/phone', { number: phoneOf(8), kind: 'landline' });
      const answer = await clinic.answers(head, 'We will');
      await clinic.marked(answer, 'warning');
      await clinic.responder.reads('Not delivered. This number cannot get texts. Call the patient', {
        threadTs: head.ts,
      });
      const again = await clinic.answers(head, 'Really');
      await clinic.marked(again, 'warning');
      await clinic.responder.reads('Not texted. This number cannot get texts.', { threadTs: head.ts });
    });

    test('`/outreach text` opens a thread with a patient, and what is written there is texted', async () => {
      await clinic.responder.types('/outreach text 1009', CHANNELS.outreach);
      await clinic.responder.reads('The conversation with Pat9 R. is open', { channel: CHANNELS.outreach });
      const head = await clinic.thread(/Pat9 R\./);
      const answer = await clinic.answers(head, 'Your results are here. Please call us.');
      await phone(9).receives('Your results are here');
      await clinic.marked(answer, 'white_check_mark');
    });
  });

  describe('who wants no texts', () => {
    test('STOP: the card says so, an answer is refused with why, START ends it', async () => {
      await phone(10).texts('STOP');
      const head = await clinic.thread(/Pat10 R\.[\s\S]*Opted out: cannot be texted/);
      const answer = await clinic.answers(head, 'But why?');
      await clinic.marked(answer, 'warning');
      await clinic.responder.reads(/Not texted\. The patient has opted out/, { threadTs: head.ts });
      await clinic.shows(campaign, '1 🚫 opted out');
      await phone(10).texts('START');
      await until('the end of the opt-out', async () => {
        const now = await clinic.responder.again(head);
        return !wordsOf(now).includes('Opted out: cannot be texted');
      });
      await clinic.answers(head, 'Welcome back');
      await phone(10).receives('Welcome back');
    });

    test('plain words and Spanish count as well, and get one confirmation in their language', async () => {
      await phone(11).texts('please stop texting me');
      expect(await phone(11).receives('no more texts')).toBe(
        'Riverbend Clinic: you will get no more texts from us. Reply START to get them again.',
      );
      await phone(12).texts('ALTO');
      await phone(12).receives('no recibirá más mensajes');
      await phone(11).texts('please stop texting me');
      const next = await clinic.send({ template: 'Visit', groups: ['Everyone'] });
      expect(wordsOf(next)).toContain('opted out (2)');
      await clinic.sender.presses('Cancel', next);
      expect((await phone(12).received()).filter((body) => body.includes('no recibirá'))).toHaveLength(1);
    });

    test('YES is START to somebody who has opted out, and an answer to everybody else', async () => {
      await phone(11).texts('YES');
      await phone(11).receives('you will get our texts again');
      await phone(6).texts('YES');
      await clinic.shows(campaign, '2 YES');
    });

    test('a question with the word stop in it is no opt-out', async () => {
      await phone(9).texts('Can I stop by at 3?');
      await clinic.thread(/🟠[\s\S]*Can I stop by at 3\?/);
    });

    test('HELP is answered with who we are', async () => {
      await phone(9).texts('AYUDA');
      expect(await phone(9).receives('617-555-2000')).toContain('Riverbend Clinic. Call us: 617-555-2000.');
    });

    test('the Opt out button needs the role, and ends texting', async () => {
      const head = await clinic.thread('Can I stop by at 3?');
      await clinic.sender.presses('Opt out', head);
      await clinic.sender.reads('Only responders and admins may opt a patient out', { channel: CHANNELS.replies });
      await clinic.responder.presses('Opt out', head);
      await clinic.shows(head, 'Opted out: cannot be texted', clinic.responder);
    });
  });
});
