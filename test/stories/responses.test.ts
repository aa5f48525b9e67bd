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
    await clinic.shows(card, /5 YES[\s\S]*3 🟠/);
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
    expect(unexpected).not.toMatch(/ {2}YES {2}/);
    expect(wordsOf(await asks('/outreach responses 1'))).toContain('13 replies to “Visit”');
    expect(wordsOf(await asks('/outreach responses 77'))).not.toContain('HYPERLINK');
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
    expect(wordsOf(read)).toContain('13 replies');
    await clinic.reviewer.presses('Download CSV', read);
    await clinic.reviewer.reads('Only senders, responders and admins may download responses', {
      channel: CHANNELS.replies,
    });
  });
});
