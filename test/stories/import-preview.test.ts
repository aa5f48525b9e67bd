import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, phoneOf } from '../support/patient-rows';

const labels = ({ blocks }: SandboxMessage): string[] => buttonsIn(blocks).map(({ label }) => label);

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());

/** The file of rejected rows that stands in a card's thread. */
const rejectedOf = async (card: SandboxMessage): Promise<{ name: string; words: string; text: string }> => {
  const message = await until('the rejected rows', async () =>
    (await clinic.sender.sees()).messages.findLast(
      ({ threadTs, files }) => threadTs === card.threadTs && files.some(({ name }) => name.endsWith('-rejected.csv')),
    ),
  );
  const [file] = message.files;
  const text = (await clinic.sender.opens(file!)).toString('utf8');
  return { name: file!.name, words: message.text, text };
};

/** Drops a file whose columns are not clear. @returns its card once it asks */
const dropsUnclear = async (content: string, name: string): Promise<SandboxMessage> => {
  const { ts } = await clinic.sender.drops({ name, content: Buffer.from(content) }, CHANNELS.imports);
  const card = await clinic.sender.reads(name, { channel: CHANNELS.imports, threadTs: ts });
  return clinic.shows(card, 'Which column is which?');
};

describe('What the card says before anything is saved', () => {
  test('a sample of what changes, from what to what, with last names and numbers masked', async () => {
    await clinic.importPatients([
      { id: 'C1', mobile: phoneOf(1), first: 'Ana', last: 'Reyes', zip: '02118', language: 'en', groups: 'Seniors' },
      { id: 'C2', mobile: phoneOf(2), first: 'Ben', last: 'Stone' },
    ]);
    const card = await clinic.drops(
      'Patient ID,Mobile,First name,Last name,ZIP,Language,Groups,Next visit\r\n' +
        `C1,${phoneOf(9)},Anna,Reyna,60623,Spanish,2nd dose,May 4\r\nC2,${phoneOf(2)},,Adams,--,,,\r\n`,
      'changes.csv',
    );
    const words = wordsOf(card);
    expect(words).toContain(
      '• Anna R.: first name Ana → Anna, last name, mobile number •••• 2001 → •••• 2009, language English → Spanish, ' +
        'ZIP 02118 → 60623',
    );
    expect(words).toContain('next_visit');
    expect(words).toContain('groups + 2nd dose');
    expect(words).toContain('• Ben A.: last name S. → A.');
    expect(words).not.toMatch(/Reyna|Adams|2009\d|617/);
    await clinic.sender.presses('Cancel', card);
  });

  test('numbers that several patients share, with their lines; values that are not understood', async () => {
    const card = await clinic.drops(
      csvOf([
        { id: 'S1', mobile: phoneOf(20), first: 'Ana' },
        { id: 'S2', mobile: phoneOf(20), first: 'Ben', language: 'Klingon' },
        { id: 'S3', mobile: phoneOf(21), first: 'Cleo' },
      ]),
      'family.csv',
    );
    const words = wordsOf(card);
    expect(words).toContain('3 new');
    expect(words).toContain('1 number is shared by several patients, which is fine: •••• 2020 on lines 2, 3');
    expect(words).toContain('1 row: “Klingon” is not understood as a language. (line 3)');
    await clinic.sender.presses('Cancel', card);
  });
});

test('which column is what, so that a wrong guess is seen before anything is saved', async () => {
  const file = `MRN,Home Phone,Cell,Name,Notes\r\nK1,617-555-2999,${phoneOf(25)},"Reyes, Ana",x\r\n`;
  const words = wordsOf(await clinic.drops(file, 'columns.csv'));
  expect(words).toContain('Columns: patient id “MRN”, mobile number “Cell”, full name “Name”.');
  expect(words).toContain('For templates: home_phone. Not read: Notes.');
});

describe('Rows that cannot be used', () => {
  test('come back as a file in the thread, which is mended and dropped again', async () => {
    const card = await clinic.drops(
      'MRN;Cell;First name;Site\r\n' +
        `R1;${phoneOf(30)};Ana;North\r\nR2;617-555-0123;"Zoë; =Ben";North\r\nR3;;=cmd();South\r\nR1;${phoneOf(33)};Dan;South\r\n`,
      'monday.csv',
    );
    expect(wordsOf(card)).toContain('The 3 rows left out are in a file in this thread: mend it and drop it again.');
    const rejected = await rejectedOf(card);
    expect(rejected.name).toBe('monday-rejected.csv');
    expect(rejected.words).toContain('3 rows of monday.csv could not be used. The last column says why');
    expect(rejected.text.startsWith('\uFEFF"MRN","Cell","First name","Site","line","reason"\r\n')).toBe(true);
    expect(rejected.text).toContain('"R2","617-555-0123","Zoë; =Ben","North","3","Numbers from 555-0100');
    expect(rejected.text).toContain(`"R3","","'=cmd()","South","4","There is no mobile number."`);
    expect(rejected.text).toContain('"R1"');
    await clinic.sender.presses('Confirm', card);
    await clinic.shows(card, 'is imported');

    const mended = rejected.text
      .replace('617-555-0123', phoneOf(31))
      .replace('"R3",""', `"R3","${phoneOf(32)}"`)
      .replace(/"R1",/, '"R4",');
    const again = await clinic.drops(mended, 'monday-rejected.csv');
    expect(wordsOf(again)).toContain('3 new, 0 changed, 0 unchanged, 0 rejected');
    await clinic.sender.presses('Confirm', again);
    await clinic.shows(again, 'is imported');
    // Line and reason have not become columns of the patients'.
    const third = await clinic.drops(`MRN,Cell,First name,Site\r\nR4,${phoneOf(33)},Dan,South\r\n`, 'monday-third.csv');
    expect(wordsOf(third)).toContain('Nothing to do: 1 patient in the file, all known and unchanged.');
  });

  test('of a file that was chosen in a form elsewhere go to the one who chose it', async () => {
    await clinic.sender.types('/outreach import', CHANNELS.outreach);
    const { id } = await clinic.sender.uploads({
      name: 'private.csv',
      content: Buffer.from('Patient ID,Mobile\r\nP1,617-555-0150\r\n'),
    });
    await clinic.sender.submits({ File: [id] });
    const card = await clinic.sender.reads('none of the 1 row can be used', { channel: CHANNELS.outreach });
    expect(wordsOf(card)).toContain(`in a file in <@${clinic.sender.id}>’s DM with the app`);
    const message = await clinic.sender.reads('1 row of private.csv could not be used', {
      channel: clinic.sender.direct,
    });
    expect(message.files.map(({ name }) => name)).toEqual(['private-rejected.csv']);
  });
});

describe('Columns that are not clear', () => {
  const unclear = `Ident,Nombre del hogar,Telf,Habla\r\nU1,Ana,${phoneOf(40)},Spanish\r\nU2,Luz,${phoneOf(41)},English\r\n`;

  test('are asked for beside three sample rows, and remembered for the same header', async () => {
    const card = await dropsUnclear(unclear, 'unclear.csv');
    expect(wordsOf(card)).toContain('No column with mobile numbers was found.');
    expect(labels(card)).toEqual(['Choose columns', 'Cancel']);
    await clinic.sender.presses('Choose columns', card);
    const { view } = await clinic.sender.modal();
    expect(wordsIn(view).replace(/\u2060/g, '')).toContain('*Telf*: +•••••••2040 | +•••••••2041');
    expect(JSON.stringify(view)).not.toContain(phoneOf(40));
    const { responseAction } = await clinic.sender.submits({
      'Mobile number': 'Telf',
      'Patient id': 'Ident',
      'First name': 'Nombre del hogar',
      Language: 'Habla',
    });
    expect(responseAction).toBe('closed');
    await clinic.shows(card, '2 new, 0 changed');
    await clinic.sender.presses('Confirm', await clinic.sender.again(card));
    await clinic.shows(card, 'is imported');
    const next = await clinic.drops(
      `${unclear.replace('U2', 'U3').replace('Telf', 'TELF.')}U4,Max,12,English\r\n`,
      'unclear-2.csv',
    );
    expect(wordsOf(next)).toContain('1 new, 0 changed, 1 unchanged, 1 rejected');
    await clinic.sender.presses('Cancel', next);
    const mended = (await rejectedOf(next)).text.replace('"12"', `"${phoneOf(42)}"`);
    expect(wordsOf(await clinic.drops(mended, 'unclear-2-rejected.csv'))).toContain('1 new, 0 changed');
  });

  test('one column for two things, and none for the mobile number, are refused in the form', async () => {
    const card = await dropsUnclear('Ref,Cell 1,Cellular,Who\r\n1,617-555-2050,617-555-2051,Ana\r\n', 'two-cells.csv');
    await clinic.sender.presses('Cancel', card);
    const both = await dropsUnclear('MRN,Cell,Mobile\r\n1,617-555-2050,617-555-2051\r\n', 'both.csv');
    expect(wordsOf(both)).toContain('“Cell” and “Mobile” may each be the mobile number.');
    await clinic.sender.presses('Choose columns', both);
    const answer = await clinic.sender.submits({ 'Mobile number': 'Cell', 'First name': 'Cell' });
    expect(JSON.stringify(answer.errors)).toContain('This column is chosen for “Mobile number” already.');
    await clinic.sender.submits({ 'Mobile number': 'Mobile', 'First name': 'None' });
    await clinic.shows(both, '1 new, 0 changed');
  });

  test('without an id, the mobile number is the id: asked for patients where a column might be it, never for staff', async () => {
    const card = await dropsUnclear(`Name,Mobile,Account ref\r\nAna Reyes,${phoneOf(60)},9\r\n`, 'no-id.csv');
    await clinic.sender.presses('The mobile number is the id', card);
    const ready = await clinic.shows(card, '1 new, 0 changed');
    expect(wordsOf(ready)).toContain('There is no column with patient ids: each mobile number is one patient.');
    await clinic.sender.presses('Cancel', ready);

    const staff = await dropsUnclear(`Name,Mobile,Job\r\nAna Reyes,${phoneOf(61)},Nurse\r\n`, 'staff.csv');
    await clinic.sender.chooses('They are staff', staff);
    const read = await clinic.shows(staff, '1 new, 0 changed');
    await clinic.sender.presses('Confirm', read);
    await clinic.shows(staff, 'is imported');
    await clinic.sender.types(`/outreach patient ${phoneOf(61)}`, CHANNELS.outreach);
    await clinic.sender.reads(/Ana R\./, { channel: CHANNELS.outreach });
  });

  test('a file without a header loses no patient', async () => {
    const card = await dropsUnclear(`N1,${phoneOf(65)},Ana\r\nN2,${phoneOf(66)},Ben\r\n`, 'no-header.csv');
    await clinic.sender.presses('Choose columns', card);
    await clinic.sender.modal();
    const label = await clinic.label('Mobile number');
    await clinic.sender.submits({
      [label]: phoneOf(65),
      'Patient id': 'N1',
      'First name': 'Ana',
      'The first row': ['It is a patient already'],
    });
    await clinic.shows(card, '2 new, 0 changed');
  });
});

test('groups of the file are added, or take the place of the others by choice', async () => {
  await clinic.importPatients([{ id: 'G1', mobile: phoneOf(70), first: 'Ana', groups: 'First dose' }]);
  const file = csvOf([{ id: 'G1', mobile: phoneOf(70), first: 'Ana', groups: 'Second dose' }]);
  const card = await clinic.drops(file, 'groups.csv');
  expect(wordsOf(card)).toContain('groups + Second dose');
  await clinic.sender.chooses('Groups are replaced', card);
  const replaced = await clinic.shows(card, '1 patient leaves groups');
  expect(wordsOf(replaced)).toContain('groups + Second dose, groups – First dose');
  await clinic.sender.presses('Confirm', replaced);
  await clinic.shows(card, 'is imported');
  await clinic.sender.types('/outreach groups', CHANNELS.outreach);
  const groups = wordsOf(await clinic.sender.reads('Second dose', { channel: CHANNELS.outreach }));
  expect(groups).toMatch(/\*0\* patients[^\n]*First dose/);
  expect(groups).toMatch(/\*1\* patient[^\n]*Second dose/);
});

test('a canceled file leaves no groups behind', async () => {
  const card = await clinic.drops(csvOf([{ id: 'X1', mobile: phoneOf(75), groups: 'Phantoms' }]), 'phantoms.csv');
  await clinic.sender.presses('Cancel', card);
  await clinic.shows(card, 'Canceled');
  await clinic.sender.types('/outreach groups', CHANNELS.outreach);
  await clinic.sender.reads('Second dose', { channel: CHANNELS.outreach });
  expect(
    (await clinic.sender.sees()).messages.filter((one) => wordsOf(one).includes('Phantoms') && one.ephemeralFor),
  ).toEqual([]);
});

test('a workbook from Excel is read as it is', async () => {
  const { default: write } = await import('write-excel-file/node');
  const rows = [
    ['Patients of the week'],
    ['MRN', 'First Name', 'Cell Phone', 'ZIP'],
    ['W1', 'Zoë', 6175552077, 2118],
    ['W2', 'Ben', '617-555-0100', null],
  ];
  const card = await clinic.drops(await write(rows).toBuffer(), 'week.xlsx');
  expect(wordsOf(card)).toContain('1 new, 0 changed, 0 unchanged, 1 rejected');
  expect(wordsOf(card)).toContain('reserved for fiction; nobody has them. (line 4)');
  const rejected = await rejectedOf(card);
  expect(rejected.name).toBe('week-rejected.csv');
  expect(rejected.text).toContain('"W2","Ben","617-555-0100","","4"');
});
