import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, patients, phoneOf } from '../support/patient-rows';

const errorsOf = (errors: Readonly<Record<string, string>> | undefined): string =>
  Object.values(errors ?? {}).join('\n');

describe('Templates', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic();
    const [ana, ben] = patients(2);
    await clinic.importPatients([
      { ...ana!, first: 'Ana' },
      { ...ben!, first: 'Beto', language: 'Spanish' },
    ]);
  });
  afterAll(() => clinic.close());

  test('a placeholder that there is not is refused, and the nearest one named', async () => {
    const { responseAction, errors } = await clinic.writes({
      name: 'Flu',
      text: 'Hi {{ frist_name }}, flu shots are here',
    });
    expect(responseAction).toBe('errors');
    expect(errorsOf(errors)).toContain('There is no placeholder “frist_name”.');
    expect(errorsOf(errors)).toContain('Did you mean {{ first_name }}?');
    // The form stays open with what was typed: mended there, it is saved.
    const mended = await clinic.sender.submits({ Name: 'Flu', Text: 'Hi {{ first_name }}, flu shots are here' });
    expect(mended.responseAction).toBe('closed');
    await clinic.sender.reads('Hi Ana, flu shots are here', { channel: CHANNELS.outreach });
  });

  test('expected replies that cannot be told apart are refused', async () => {
    const { errors } = await clinic.writes({ name: 'Twins', text: 'Yes or yes?', replies: 'YES: yes\nSURE: yes' });
    expect(errorsOf(errors)).toMatch(/yes/i);
    expect(errors).toHaveProperty('template_replies');
  });

  test('a name that is taken is refused, in any case and spacing, with what to do', async () => {
    await clinic.template({ name: 'Second dose', text: 'Hi {{ first_name }}' });
    const { errors } = await clinic.writes({ name: '  second  DOSE ', text: 'Hi again' });
    expect(errorsOf(errors)).toContain('There is a template “Second dose” already');
    expect(errorsOf(errors)).toContain('/outreach template edit Second dose');
  });

  test('signs that make texts dear are pointed out, and texts that do not say who writes', async () => {
    const card = await clinic.template({ name: 'Façade', text: 'Hi {{ first_name }}, ça va?' });
    expect(wordsOf(card)).toContain('ç makes each segment hold 70 characters instead of 160');
    expect(wordsOf(card)).toContain('{{ clinic_name }} puts the clinic’s name in');
  });

  describe('an edit makes version 2', () => {
    let drafted: SandboxMessage;

    test('and a send that was previewed before keeps version 1', async () => {
      await clinic.template({
        name: 'Recall',
        text: '{{ clinic_name }}: time for your check, {{ first_name }}.',
        spanish: '{{ clinic_name }}: es hora de su control, {{ first_name }}.',
      });
      drafted = await clinic.send({ template: 'Recall', groups: ['Everyone'] });
      await clinic.sender.types('/outreach template edit recall', CHANNELS.outreach);
      const form = await clinic.sender.modal();
      expect(JSON.stringify(form.view)).toContain('es hora de su control');
      await clinic.sender.submits({ Text: '{{ clinic_name }}: the check is cancelled, {{ first_name }}.' });
      await clinic.sender.reads('“Recall”, version 2', { channel: CHANNELS.outreach });
      await clinic.sender.presses('Send now', drafted);
      await clinic.shows(drafted, 'Done, 2 of 2 sent');
      expect(await clinic.box.phone(phoneOf(1)).received()).toEqual(['Riverbend Clinic: time for your check, Ana.']);
    });

    test('who speaks Spanish has got the Spanish text', async () => {
      expect(await clinic.box.phone(phoneOf(2)).received()).toEqual(['Riverbend Clinic: es hora de su control, Beto.']);
    });

    test('and the next send takes version 2', async () => {
      const card = await clinic.sends({ template: 'Recall', groups: ['Everyone'] });
      await clinic.shows(card, 'Done, 2 of 2 sent');
      await clinic.box.phone(phoneOf(1)).receives('the check is cancelled, Ana.');
    });
  });

  test('an extra column of a file is a placeholder from then on', async () => {
    await clinic.importPatients(`${csvOf(patients(1)).replace('\r\n', ',Doctor\r\n')},Dr. Chen`);
    const card = await clinic.template({ name: 'Doctor', text: '{{ clinic_name }}: {{ doctor }} expects you.' });
    expect(wordsOf(card)).toContain('Riverbend Clinic: Dr. Chen expects you.');
  });

  test('the list shows what there is; a name alone shows its card', async () => {
    await clinic.sender.types('/outreach template', CHANNELS.outreach);
    const list = await clinic.sender.reads(/\d templates/, { channel: CHANNELS.outreach });
    expect(wordsOf(list)).toContain('“Second dose”  ·  version 1');
    expect(wordsOf(list)).toContain('“Recall”  ·  version 2');
    await clinic.sender.types('/outreach template second dose', CHANNELS.outreach);
    const card = await clinic.sender.reads('“Second dose”, version 1', { channel: CHANNELS.outreach });
    expect(card.ephemeralFor).toBe(clinic.sender.id);
    await clinic.sender.types('/outreach template show thrid dose', CHANNELS.outreach);
    await clinic.sender.reads('There is no template of this name. There are:', { channel: CHANNELS.outreach });
  });

  test('who has not the role is told why', async () => {
    await clinic.responder.types('/outreach template new', CHANNELS.outreach);
    const no = await clinic.responder.reads('Only senders and admins may write templates', {
      channel: CHANNELS.outreach,
    });
    expect(no.ephemeralFor).toBe(clinic.responder.id);
  });

  test('the form shows which placeholders there are', async () => {
    await clinic.sender.types('/outreach template new', CHANNELS.outreach);
    const { view } = await clinic.sender.modal();
    expect(wordsIn(view)).toContain('{{ first_name }}, {{ last_name }}');
  });
});
