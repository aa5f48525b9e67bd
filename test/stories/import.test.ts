import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, patients, phoneOf, type Row } from '../support/patient-rows';

const labels = ({ blocks }: SandboxMessage): string[] => buttonsIn(blocks).map(({ label }) => label);

const family = (last: string, from: number): Row[] =>
  [0, 1, 2].map((nth) => ({
    id: `${last}-${nth}`,
    mobile: phoneOf(from + nth),
    first: ['Ana', 'Ben', 'Cleo'][nth]!,
    last,
    groups: 'Families',
  }));

describe('Patients come from a file', () => {
  let clinic: Clinic;
  /** How many patients the books hold, as the Home tab says. */
  const patientsInBooks = async (): Promise<number> => {
    const { view } = await clinic.sender.opensHome();
    return Number(/\*([\d,]+) patients?\*/.exec(JSON.stringify(view))?.[1]);
  };

  beforeAll(async () => {
    clinic = await openClinic();
  });
  afterAll(() => clinic.close());

  test('a row that cannot be used is rejected, with the reason and its line', async () => {
    const card = await clinic.drops(
      csvOf([
        { id: '1', mobile: '617-555-2001', first: 'Ana' },
        { id: '2', mobile: '', first: 'Ben' },
        { id: '3', mobile: '617-555-0123', first: 'Cleo' },
        { id: '', mobile: '617-555-2004', first: 'Dan' },
        { id: '1', mobile: '617-555-2005', first: 'Ana again' },
      ]),
    );
    const words = wordsOf(card);
    expect(words).toContain('1 new, 0 changed, 0 unchanged, 3 rejected, 1 in the file twice');
    expect(words).toMatch(/1 row: .*no mobile number.* \(line 3\)/i);
    expect(words).toMatch(/1 row: .*reserved for fiction.* \(line 4\)/);
    expect(words).toMatch(/1 row: There is no patient id\. \(line 5\)/);
    expect(words).toMatch(/1 row: .*more than once.* \(line 6\)/);
  });

  test('while Slack stumbles over a file it is asked again', async () => {
    await clinic.box.fault('slack', { method: 'files.info', fault: { kind: '500' }, times: 3 });
    const card = await clinic.drops(csvOf(family('Stumble', 10)), 'stumble.csv');
    expect(wordsOf(card)).toContain('3 new, 0 changed');
    await clinic.sender.presses('Cancel', card);
    await clinic.shows(card, 'Canceled: nothing from stumble.csv was saved.');
  });

  test('Cancel writes nothing', async () => {
    const card = await clinic.drops(csvOf(family('Lopez', 20)), 'lopez.csv');
    await clinic.sender.presses('Cancel', card);
    const canceled = await clinic.shows(card, 'Canceled: nothing from lopez.csv was saved.');
    expect(labels(canceled)).toEqual([]);
    await clinic.sender.types('/outreach patient Lopez-0', CHANNELS.outreach);
    await clinic.sender.reads('Nobody is found by that', { channel: CHANNELS.outreach });
  });

  test('Confirm saves; the same file again changes nothing and says so; the card asks to delete the file', async () => {
    const file = csvOf(family('Okafor', 30));
    const card = await clinic.drops(file, 'okafor.csv');
    expect(wordsOf(card)).toContain('3 new, 0 changed');
    await clinic.sender.presses('Confirm', card);
    const done = await clinic.shows(card, '3 new, 0 changed*: okafor.csv is imported.');
    expect(labels(done)).toEqual(['Undo']);
    expect(wordsOf(done)).toContain('please delete');
    expect(wordsOf(done)).toContain(`Confirmed by <@${clinic.sender.id}>`);
    const again = await clinic.drops(file, 'okafor-again.csv');
    expect(wordsOf(again)).toContain('Nothing to do: 3 patients in the file, all known and unchanged.');
    expect(labels(again)).toEqual([]);
  });

  test('a later file adds some, changes some and leaves the rest; a blank cell changes nothing', async () => {
    await clinic.importPatients(family('Reyes', 40));
    const [ana, ben, cleo] = family('Reyes', 40);
    const card = await clinic.drops(
      csvOf([
        { ...ana!, mobile: phoneOf(49) },
        { ...ben!, first: '' },
        cleo!,
        { id: 'Reyes-3', mobile: phoneOf(43), first: 'Dora', last: 'Reyes' },
      ]),
      'reyes-2.csv',
    );
    const words = wordsOf(card);
    expect(words).toContain('1 new, 1 changed, 2 unchanged, 0 rejected');
    expect(words).toMatch(/What changes\*\n• Ana R\.: mobile number/);
    await clinic.sender.presses('Confirm', card);
    await clinic.shows(card, 'is imported');
    await clinic.sender.types('/outreach patient Reyes-0', CHANNELS.outreach);
    await clinic.sender.reads(/Ana R\.[\s\S]*2049/, { channel: CHANNELS.outreach });
  });

  test('Confirm pressed twice, and events that Slack delivers again, import once', async () => {
    const before = await patientsInBooks();
    const card = await clinic.drops(csvOf(family('Brandt', 50)), 'brandt.csv');
    await clinic.post('/slack/control/redeliver', {});
    await Promise.all([clinic.sender.presses('Confirm', card), clinic.sender.presses('Confirm', card)]);
    await clinic.shows(card, 'is imported');
    await clinic.sender.reads(/This import is (applied already|being saved)/, { channel: CHANNELS.imports });
    await until('three more patients', async () => (await patientsInBooks()) === before + 3);
    const { messages } = await clinic.sender.sees();
    const cards = messages.filter((message) => message.isBot && wordsOf(message).includes('brandt.csv'));
    expect(cards).toHaveLength(1);
  });

  test('two files with the same patients: the one that is confirmed later is not applied to a stale preview', async () => {
    await clinic.importPatients(family('Stone', 60));
    const [ana] = family('Stone', 60);
    const first = await clinic.drops(csvOf([{ ...ana!, first: 'Anna' }]), 'stone-1.csv');
    const second = await clinic.drops(csvOf([{ ...ana!, first: 'Annie' }]), 'stone-2.csv');
    await clinic.sender.presses('Confirm', first);
    await clinic.shows(first, 'is imported');
    await clinic.sender.presses('Confirm', second);
    await clinic.sender.reads('changed by another import since this preview', { channel: CHANNELS.imports });
    await clinic.shows(second, 'Nothing is saved before somebody presses Confirm.');
  });

  test('`/outreach import` takes files in a form, several at once', async () => {
    await clinic.sender.types('/outreach import', CHANNELS.outreach);
    const files = await Promise.all(
      ['kim', 'diaz'].map((last, nth) =>
        clinic.sender.uploads({
          name: `${last}.csv`,
          content: Buffer.from(csvOf(family(last, 70 + 5 * nth))),
        }),
      ),
    );
    const { responseAction } = await clinic.sender.submits({ File: files.map(({ id }) => id) });
    expect(responseAction).toBe('closed');
    for (const name of ['kim.csv', 'diaz.csv']) {
      const card = await clinic.sender.reads(new RegExp(`3 new[\\s\\S]*${name}`), { channel: CHANNELS.outreach });
      await clinic.sender.presses('Confirm', card);
      await clinic.shows(card, `${name} is imported`);
    }
  });

  test('a file can be dropped in a DM with the app', async () => {
    const content = Buffer.from(csvOf(family('Adler', 80)));
    const { ts } = await clinic.sender.drops({ name: 'adler.csv', content }, clinic.sender.direct);
    await clinic.sender.reads('3 new', { channel: clinic.sender.direct, threadTs: ts });
  });

  test('a file in any other channel is nobody’s business', async () => {
    const content = Buffer.from(csvOf(family('Quiet', 85)));
    await clinic.sender.drops({ name: 'quiet.csv', content }, CHANNELS.outreach);
    await clinic.drops(csvOf(family('Loud', 90)), 'loud.csv');
    const { messages } = await clinic.sender.sees();
    expect(messages.filter((message) => message.isBot && wordsOf(message).includes('quiet.csv'))).toEqual([]);
  });

  test('a PDF is refused, with what to do instead', async () => {
    const card = await clinic.drops(Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'), 'patients.pdf');
    expect(wordsOf(card)).toContain('patients.pdf was not imported. This is a PDF. Ask for the same list as CSV');
    expect(labels(card)).toEqual([]);
  });

  test('a file that is shared again, not uploaded anew, is read again; several in one message have a card each', async () => {
    const first = await clinic.sender.drops(
      { name: 'shared.csv', content: Buffer.from(csvOf(family('Share', 100))) },
      CHANNELS.imports,
    );
    const card = await clinic.sender.reads('3 new', { channel: CHANNELS.imports, threadTs: first.ts });
    await clinic.sender.presses('Confirm', card);
    await clinic.shows(card, 'shared.csv is imported');
    const again = await clinic.sender.sharesAgain(first.files[0]!, CHANNELS.imports);
    await clinic.post('/slack/control/redeliver', {});
    await clinic.sender.reads('3 patients in the file, all known and unchanged', { threadTs: again.ts });

    const files = ['one', 'two', 'three'].map((name, nth) => {
      const content = nth === 2 ? '%PDF-1.7' : csvOf(family(name, 110 + 5 * nth));
      return { name: `${name}.csv`, mimetype: 'text/csv', base64: Buffer.from(content).toString('base64') };
    });
    const message = { user: clinic.sender.id, text: 'All of them', channel: CHANNELS.imports, files };
    const { ts: threadTs } = await clinic.post<{ ts: string }>('/slack/control/message', message);
    for (const words of [/3 new[^]*one\.csv/, /3 new[^]*two\.csv/, 'three.csv was not imported. This is a PDF'])
      await clinic.sender.reads(words, { channel: CHANNELS.imports, threadTs });
    expect((await clinic.inThread({ channel: CHANNELS.imports, ts: threadTs })).map(({ isBot }) => isBot)).toEqual([
      true,
      true,
      true,
    ]);
    expect(await clinic.inThread({ channel: CHANNELS.imports, ts: again.ts })).toHaveLength(1);
  });

  test('who has not the role is told why, and nothing is read', async () => {
    const content = Buffer.from(csvOf(patients(2)));
    const { ts } = await clinic.responder.drops({ name: 'mine.csv', content }, CHANNELS.imports);
    const no = await clinic.responder.reads('Only senders and admins may bring patients in', {
      channel: CHANNELS.imports,
    });
    expect(no.ephemeralFor).toBe(clinic.responder.id);
    expect(wordsOf(no)).toContain('Ask an admin to add you to SENDERS');
    expect(await clinic.inThread({ channel: CHANNELS.imports, ts })).toEqual([]);
    // Slack tells of a file in two events, and of both again when it is in doubt.
    await clinic.post('/slack/control/redeliver', {});
    await clinic.drops(csvOf(family('Later', 130)), 'later.csv');
    const refusals = (await clinic.responder.sees()).messages.filter((one) =>
      wordsOf(one).includes('may bring patients'),
    );
    expect(refusals).toHaveLength(1);
    await clinic.responder.types('/outreach import', CHANNELS.outreach);
    await clinic.responder.reads('Only senders and admins may bring patients in', { channel: CHANNELS.outreach });
    expect((await clinic.responder.sees()).modals).toEqual([]);
  });

  test('who has not the role cannot confirm what another has dropped', async () => {
    const card = await clinic.drops(csvOf(family('Guard', 95)), 'guard.csv');
    await clinic.responder.presses('Confirm', card);
    await until('the refusal', async () =>
      (await clinic.responder.sees()).messages.find(
        (message) => message.threadTs === card.threadTs && wordsOf(message).includes('may bring patients in'),
      ),
    );
    await clinic.shows(card, 'Nothing is saved before somebody presses Confirm.');
  });
});
