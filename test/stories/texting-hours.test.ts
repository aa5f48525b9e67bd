import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';

/** Half past seven in the morning in Miami and in Atlanta, on a Tuesday. */
const EARLY = '2026-11-24T12:30:00Z';

describe('an admin sets the texting hours', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ now: EARLY });
  });
  afterAll(() => clinic.close());

  const openForm = async (): Promise<void> => {
    await clinic.admin.types('/outreach settings', CHANNELS.outreach);
    await clinic.admin.presses(
      'Change texting hours',
      await clinic.admin.reads('Settings', { channel: CHANNELS.outreach }),
    );
  };

  test('what cannot be read is refused at its field, with what to write', async () => {
    await openForm();
    const answer = await clinic.admin.submits({
      Hours: 'nine to five',
      'Narrower hours by state': 'Atlantis 08:00-20:00',
      'Dark days': 'Christmas',
    });
    expect(answer.responseAction).toBe('errors');
    expect(Object.values(answer.errors ?? {})).toEqual([
      expect.stringContaining('07:00-21:00'),
      expect.stringContaining('FL 08:00-20:00'),
      expect.stringContaining('2026-12-25'),
    ]);
  });

  test('hours by weekday, by kind of text, by state and dark days are kept and shown', async () => {
    const answer = await clinic.admin.submits({
      Hours: 'Mon-Fri 07:00-21:00, Sat 09:00-12:00',
      'Hours for 1-to-1 texts, if they differ': '09:00-17:00',
      'Narrower hours by state': 'FL 08:00-20:00',
      'Dark days': '2026-11-26',
    });
    expect(answer.responseAction).toBe('closed');
    await clinic.admin.reads('The texting hours are changed');
    await clinic.admin.types('/outreach settings', CHANNELS.outreach);
    await clinic.admin.reads(/Mon-Fri 07:00-21:00, Sat 09:00-12:00, Sun closed[\s\S]*Window in FL[\s\S]*08:00-20:00/);
  });

  test('at half past seven the patient in Georgia is texted, the one in Florida at eight', async () => {
    await clinic.importPatients([
      { id: 'G1', first: 'Greta', last: 'Ward', mobile: '404-555-2001', zip: '30303', groups: 'All' },
      { id: 'F1', first: 'Flora', last: 'Diaz', mobile: '305-555-2002', zip: '33101', groups: 'All' },
    ]);
    await clinic.template({ name: 'Hello', text: 'Hi {{ first_name }} from {{ clinic_name }}' });
    await clinic.sends({ template: 'Hello', groups: ['All'] });
    await clinic.box.phone('+14045552001').receives('Hi Greta');
    expect(await clinic.box.phone('+13055552002').received()).toEqual([]);
    await clinic.box.moveClockTo(new Date('2026-11-24T13:00:00Z'));
    await clinic.box.phone('+13055552002').receives('Hi Flora');
  });

  test('somebody who is no admin is not offered to change them', async () => {
    await clinic.sender.types('/outreach settings', CHANNELS.outreach);
    const shown = await clinic.sender.reads('Settings', { channel: CHANNELS.outreach });
    await expect(clinic.sender.presses('Change texting hours', shown)).rejects.toThrow('there is no button');
  });

  test('the change is on the record, with before and after', async () => {
    await clinic.admin.types('/outreach audit', CHANNELS.outreach);
    await until('the entry', async () => clinic.admin.reads('changed the texting hours'));
  });
});
