import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

describe('`/outreach responses`', () => {
  let clinic: Clinic;
  let list: SandboxMessage;
  const asks = async (text: string, by: Person = clinic.responder): Promise<SandboxMessage> => {
    const before = (await by.sees()).messages.length;
    await by.types(text, CHANNELS.replies);
    return until('the answer', async () =>
      (await by.sees()).messages.slice(before).find(({ ephemeralFor }) => ephemeralFor === by.id),
    );
  };

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.importPatients(patients(14));
    await clinic.template({ name: 'Visit', text: 'Do you come?', replies: 'YES, NO' });
    const card = await clinic.sends({ template: 'Visit', groups: ['Everyone'] });
    await clinic.shows(card, 'Done, 14 of 14 sent');
    for (let nth = 1; nth <= 10; nth += 1) await clinic.box.phone(phoneOf(nth)).texts(nth % 2 === 0 ? 'yes' : 'No.');
    await clinic.box.phone(phoneOf(11)).texts('=HYPERLINK("http://evil.example","free")');
    await clinic.box.phone(phoneOf(12)).texts('a comma, a "quote"\nand a second line');
    await clinic.box.phone(phoneOf(13)).texts('no, I cannot breathe');
    await clinic.shows(card, /1 🔴[\s\S]*5 YES[\s\S]*2 🟠/);
    await clinic.shows(card, /5 NO/);
  });
  afterAll(() => clinic.close());

  test('lists the urgent first, then the unexpected, then the rest, a page at a time', async () => {
    list = await asks('/outreach responses');
    const words = wordsOf(list);
    expect(words).toContain('13 replies');
    expect(words).toContain('*1* urgent');
    expect(words).toContain('*2* unexpected');
    expect(words).toContain('*10* expected');
    expect(words.indexOf('cannot breathe')).toBeLessThan(words.indexOf('HYPERLINK'));
    expect(words.indexOf('a second line')).toBeLessThan(words.indexOf('YES'));
    expect(words).toContain('Page 1');
    expect(words).not.toContain('Rivera');
  });

  test('turns its pages, and shows one class, in place', async () => {
    await clinic.responder.presses('Next', list);
    const second = await clinic.shows(list, 'Page 2', clinic.responder);
    expect(wordsOf(second)).not.toContain('cannot breathe');
    const { label } = buttonsIn(second.blocks).find((button) => /urgent$/i.test(button.label))!;
    await clinic.responder.presses(label, second);
    const urgent = await clinic.shows(list, /urgent\b.*shown below/, clinic.responder);
    expect(wordsOf(urgent)).toContain('cannot breathe');
    expect(wordsOf(urgent)).not.toContain('HYPERLINK');
  });

  test('takes a class or the number of a send', async () => {
    const unexpected = wordsOf(await asks('/outreach responses unexpected'));
    expect(unexpected).toContain('HYPERLINK');
    expect(unexpected).toContain('cannot breathe');
    expect(unexpected).not.toMatch(/^YES$/m);
    expect(wordsOf(await asks('/outreach responses 1'))).toContain('13 replies to “Visit”');
    expect(wordsOf(await asks('/outreach responses 77'))).not.toContain('HYPERLINK');
  });

  test('sorts by patient, answer, time or class, chosen or said', async () => {
    const byPatient = wordsOf(await asks('/outreach responses by patient'));
    expect([...byPatient.matchAll(/Pat(\d+) R\./g)].map(([, nth]) => Number(nth))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    const answers = await asks('/outreach responses');
    await clinic.responder.chooses('By answer', answers);
    const byAnswer = await clinic.shows(answers, /NO[\s\S]*YES/, clinic.responder);
    expect(wordsOf(byAnswer)).not.toContain('cannot breathe');
    await clinic.responder.chooses('Newest first', byAnswer);
    const newest = wordsOf(await clinic.shows(answers, /cannot breathe[\s\S]*YES/, clinic.responder));
    expect(newest.indexOf('cannot breathe')).toBeLessThan(newest.indexOf('a second line'));
  });

  test('“unanswered” holds a patient’s last text until staff have answered it', async () => {
    const before = await asks('/outreach responses unanswered');
    expect(wordsOf(before)).toContain('*3* unanswered');
    const head = await clinic.thread('a second line');
    await clinic.marked(await clinic.answers(head, 'We call you at noon'), 'white_check_mark');
    const after = wordsOf(await asks('/outreach responses unanswered'));
    expect(after).toContain('*2* unanswered');
    expect(after).not.toContain('a second line');
    await clinic.responder.presses('Resolve', await clinic.thread('HYPERLINK'));
    await until('one fewer', async () =>
      wordsOf(await asks('/outreach responses unanswered')).includes('*1* unanswered'),
    );
    await clinic.box.phone(phoneOf(12)).texts('and another question');
    await clinic.thread('and another question');
    expect(wordsOf(await asks('/outreach responses unanswered'))).toContain('and another question');
  });

  test('“no answer” names who got the send and has not replied; the send goes by number or by name', async () => {
    const silent = await asks('/outreach responses no answer 1');
    expect(wordsOf(silent)).toContain('*1* without an answer');
    expect(wordsOf(silent)).toMatch(/Pat14 R\.[^🔇]*No answer/);
    expect(wordsOf(silent)).not.toContain('Pat13');
    expect(wordsOf(await asks('/outreach responses "visit" no answer'))).toContain('Pat14 R.');
    await clinic.responder.presses('All', silent);
    const all = await clinic.shows(silent, 'Page 1', clinic.responder);
    await clinic.responder.presses('No answer', all);
    await clinic.shows(silent, /without an answer.*shown below/, clinic.responder);
    expect(wordsOf(await asks('/outreach responses 77'))).toContain('There is no send 77. `/outreach status` lists');
  });

  test('each row links to its thread', async () => {
    const urgent = await asks('/outreach responses urgent');
    const head = await clinic.thread('cannot breathe');
    expect(urgent.blocks).toContainEqual(expect.objectContaining({ type: 'table' }));
    expect(JSON.stringify(urgent.blocks)).toContain(`/archives/${head.channel}/p${head.ts.replace('.', '')}`);
  });

  test('the CSV has all of them, for one pair of eyes, and no cell that a spreadsheet would run', async () => {
    const all = await asks('/outreach responses');
    await clinic.responder.presses('Download CSV', all);
    const file = await until('the file', async () =>
      (await clinic.responder.sees()).messages
        .filter(({ channel }) => channel === clinic.responder.direct)
        .flatMap(({ files }) => files)
        .find(({ name }) => name.startsWith('responses-all')),
    );
    const bytes = Buffer.from(await (await fetch(new URL(file.controlUrl, clinic.box.address))).arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const csv = bytes.toString('utf8');
    expect(csv).toMatch(/"'=HYPERLINK\(""http:\/\/evil\.example"",""free""\)"/);
    expect(csv).toContain('"a comma, a ""quote""\nand a second line"');
    expect(csv.match(/"expected","(YES|NO)",/g)).toHaveLength(10);
    expect(csv).toContain('1013');
    expect(csv).not.toContain(phoneOf(13));
    const others = await clinic.admin.sees();
    expect(others.messages.flatMap(({ files }) => files.map(({ id }) => id))).not.toContain(file.id);
  });

  test('the download is on the record', async () => {
    await clinic.admin.types('/outreach audit', CHANNELS.outreach);
    const audit = await clinic.admin.reads('downloaded replies', { channel: CHANNELS.outreach });
    expect(wordsOf(audit)).toContain(`<@${clinic.responder.id}>`);
  });

  test('a reviewer may read them, and not take them away', async () => {
    const read = await asks('/outreach responses', clinic.reviewer);
    expect(wordsOf(read)).toContain('14 replies');
    await clinic.reviewer.presses('Download CSV', read);
    await clinic.reviewer.reads('Only senders, responders and admins may download responses', {
      channel: CHANNELS.replies,
    });
  });
});
