import { wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const TEXT = '{{ clinic_name }}: it’s time for your second dose, {{ first_name }}. Reply YES.';

describe('A template is written', () => {
  let clinic: Clinic;
  const form = async (): Promise<string> => wordsIn((await clinic.sender.modal()).view).replace(/\u2060/g, '');
  const formSays = (words: string): Promise<string> =>
    until(`a form that says ${words}`, async () => {
      const text = await form();
      return text.includes(words) && text;
    });
  const types = (command: string): Promise<unknown> => clinic.sender.types(command, CHANNELS.outreach);

  beforeAll(async () => {
    clinic = await openClinic();
    const [ana, beto, linh] = patients(3);
    await clinic.importPatients([
      { ...ana!, first: 'Ana' },
      { ...beto!, first: '', language: 'Spanish' },
      { ...linh!, first: 'Linh Bartholomea-Constantina', language: 'Vietnamese' },
    ]);
  });
  afterAll(() => clinic.close());

  test('while one types, the form says what it comes to for real patients, who would be left out, and what forces Unicode', async () => {
    await types('/outreach template new');
    await clinic.sender.typesInModal('Text', TEXT);
    const said = await formSays('shortest patient: 1 segment');
    expect(said).toContain('longest: 2 segments');
    expect(said).toContain('1 of 3 patients would be left out, who have no first_name');
    expect(said).toContain("’ makes each segment hold 70 characters instead of 160. Plain letters cost less: ’ → '");
    expect(said).toContain('add how to opt out: “Reply STOP to opt out.”');
  });

  test('one button replaces what forces Unicode, and nothing else that was typed', async () => {
    await clinic.sender.pressesInModal('Replace the sign by plain ones', { Name: 'Second dose' });
    const said = await formSays('1 segment (');
    expect(said).not.toContain('70 characters');
    expect(JSON.stringify(await clinic.sender.modal())).toContain("it's time for your second dose");
  });

  test('links, words of advertisers and of health are pointed out; an unknown placeholder is told at once', async () => {
    await clinic.sender.typesInModal(
      'Text in Spanish',
      'Haga clic aquí: bit.ly/x9 por su cita de VIH, {{ frist_name }}',
    );
    const said = await formSays('bit.ly');
    expect(said).toContain('Carriers block shortened links (bit.ly)');
    expect(said).toContain('Carriers may filter “haga clic aquí”');
    expect(said).toContain('“vih” may tell others about a patient’s health');
    expect(said).toContain('Did you mean {{ first_name }}?');
    expect(said).toContain('“Responda ALTO para no recibir textos.”');
  });

  test('any language can be added, those of the clinic’s patients first; each patient gets theirs', async () => {
    await clinic.sender.choosesInModal('Vietnamese (1)');
    await formSays('Text in Vietnamese');
    const { responseAction } = await clinic.sender.submits({
      Name: 'Second dose',
      'Text in Spanish': '{{ clinic_name }}: ya es tiempo de su segunda dosis. Responda SI o NO.',
      'Text in Vietnamese': '{{ clinic_name }}: tiem mui thu hai. YES, NO?',
      'Expected replies': 'YES: có | See you then! | es: ¡Nos vemos!\nNO',
    });
    expect(responseAction).toBe('closed');
    const card = await clinic.sender.reads('“Second dose”, version 1', { channel: CHANNELS.outreach });
    expect(wordsOf(card)).toContain('Text in Vietnamese');
    await clinic.sends({ template: 'Second dose', groups: ['Everyone'] });
    await clinic.box.phone(phoneOf(1)).receives("Riverbend Clinic: it's time for your second dose, Ana.");
    await clinic.box.phone(phoneOf(2)).receives('ya es tiempo');
    await clinic.box.phone(phoneOf(3)).receives('tiem mui thu hai');
  });

  test('an expected answer is answered by itself, in the patient’s language', async () => {
    await clinic.box.phone(phoneOf(1)).texts('yes please');
    await clinic.box.phone(phoneOf(2)).texts('sí');
    await clinic.box.phone(phoneOf(1)).receives('See you then!');
    await clinic.box.phone(phoneOf(2)).receives('¡Nos vemos!');
  });

  test('an automatic answer can hold the clinic’s name and no other placeholder', async () => {
    const { errors } = await clinic.writes({ name: 'Auto', text: 'Hi', replies: 'YES | Bye {{ first_name }}' });
    expect(Object.values(errors ?? {}).join()).toContain('In the automatic answer to “YES”: There is no placeholder');
  });

  test('a preview shows one patient’s text in each language, and says who would be left out', async () => {
    const card = await clinic.sender.reads('“Second dose”, version 1', { channel: CHANNELS.outreach });
    await clinic.sender.presses('Preview', card);
    await clinic.sender.submits({ 'For which patient?': '1002' });
    const said = await formSays('they get this one');
    expect(said).toMatch(/Text in Spanish\*  ·  👈 they get this one/);
    expect(said).toContain('They would be left out: no first_name.');
    const nobody = await clinic.sender.submits({ 'For which patient?': 'Zzyzx' });
    expect(Object.values(nobody.errors ?? {}).join()).toContain('Nobody is found');
  });

  test('an edit is renamed with its history, compared word by word', async () => {
    await types('/outreach template edit second dose');
    await clinic.sender.submits({
      Name: 'Dose two',
      Text: '{{ clinic_name }}: please come for your second dose, {{ first_name }}. Reply YES or NO.',
    });
    await clinic.sender.reads('“Dose two”, version 2', { channel: CHANNELS.outreach });
    await types('/outreach template history DOSE TWO');
    const history = await clinic.sender.reads('“Dose two”: 2 versions', { channel: CHANNELS.outreach });
    expect(wordsOf(history)).toContain(`<@${clinic.sender.id}>`);
    const texts = JSON.stringify(history.blocks);
    expect(texts).toMatch(/\{"type":"text","text":"[^"]*time[^"]*","style":\{"strike":true\}\}/);
    expect(texts).toMatch(/\{"type":"text","text":"[^"]*please[^"]*","style":\{"bold":true\}\}/);
  });

  test('who edits what somebody else has saved meanwhile is told; both versions stand', async () => {
    await types('/outreach template edit dose two');
    await clinic.admin.types('/outreach template edit dose two', CHANNELS.outreach);
    await clinic.admin.submits({ Text: '{{ clinic_name }}: the admin’s text' });
    await clinic.sender.reads('“Dose two”, version 3', { channel: CHANNELS.outreach });
    await clinic.sender.submits({ Text: '{{ clinic_name }}: my text' });
    await clinic.sender.reads(`<@${clinic.admin.id}> saved a version while you were writing`, {
      channel: CHANNELS.outreach,
    });
    await clinic.sender.reads('“Dose two”, version 4', { channel: CHANNELS.outreach });
  });

  test('a copy has a free name; an archived template is offered no more, and comes back', async () => {
    await types('/outreach template copy dose two');
    expect(JSON.stringify(await clinic.sender.modal())).toContain('"initial_value":"Dose two copy"');
    await clinic.sender.submits({});
    await clinic.sender.reads('“Dose two copy”, version 1', { channel: CHANNELS.outreach });
    await types('/outreach template archive DOSE TWO COPY');
    const gone = await clinic.sender.reads('“Dose two copy” is archived', { channel: CHANNELS.outreach });
    await types('/outreach template');
    const list = await clinic.sender.reads('1 template', { channel: CHANNELS.outreach });
    expect(wordsOf(list)).toMatch(
      /“Dose two”  ·  version 4  ·  English, Spanish, Vietnamese  ·  1 (to 2 )?segments?  ·  answers YES, NO  ·  last sent/,
    );
    await types('/outreach template show dose two copy');
    await clinic.sender.reads('is archived. Bring it back with /outreach template restore', {
      channel: CHANNELS.outreach,
    });
    await clinic.sender.presses('Bring it back', gone);
    await clinic.sender.reads('“Dose two copy” can be used again', { channel: CHANNELS.outreach });
  });

  test('the library is browsed by topic; a copy is edited and saved, and both modals close', async () => {
    await types('/outreach template library');
    await clinic.sender.choosesInModal('Vaccine availability');
    await formSays('Vaccine available');
    await clinic.sender.pressesInModal('Copy and edit');
    await until('the form', async () => (await clinic.sender.sees()).modals.length === 2);
    expect((await clinic.sender.submits({ Name: 'Flu vaccine' })).responseAction).toBe('clear');
    expect((await clinic.sender.sees()).modals).toEqual([]);
    const card = await clinic.sender.reads('“Flu vaccine”, version 1', { channel: CHANNELS.outreach });
    expect(wordsOf(card)).toContain('¿Quiere una cita? Responda SI o NO.');
  });
});
