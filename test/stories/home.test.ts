import { buttonsIn, wordsIn } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

describe('The Home tab, by role', () => {
  let clinic: Clinic;
  /** The Home tab of this person, opened until it says this. */
  const home = (person: Person, words: string): Promise<{ id: string; says: string; labels: string[] }> =>
    until(`“${words}” in the Home tab`, async () => {
      const { id, view } = await person.opensHome();
      const says = wordsIn(view);
      const { blocks } = view as { blocks: unknown[] };
      return says.includes(words) && { id, says, labels: buttonsIn(blocks).map(({ label }) => label) };
    });

  beforeAll(async () => {
    clinic = await openClinic({
      env: { TWILIO_RATE: '2', APPROVAL_THRESHOLD: '30', REVIEWERS: 'U0REVIEWER1', SENDERS: 'U0SENDER1' },
    });
    await clinic.importPatients(
      patients(30).map((row, i) => ({ ...row, groups: i < 20 ? 'Ward; Everyone' : 'Everyone' })),
    );
    await clinic.template({ name: 'Flu shots', text: 'Flu shots on Friday.' });
    const asked = await clinic.send({ template: 'Flu shots', groups: ['Everyone'] });
    await clinic.sender.presses('Send now', asked);
    await clinic.approvalCard();
    await clinic.sends({ template: 'Flu shots', groups: ['Ward'] });
    await clinic.box.phone(phoneOf(30)).texts('Is it open on Monday?');
    await clinic.thread('Is it open on Monday?');
  });
  afterAll(() => clinic.close());

  test('a reviewer sees what waits for a decision, with a way there, and no buttons of others', async () => {
    const { says, labels } = await home(clinic.reviewer, '1 send waits');
    expect(says).toMatch(/30 patients, “Flu shots”.*asked for by <@U0SENDER1>.*\|Decide>/);
    expect(says).toContain('1 open conversation*, oldest first');
    expect(labels).toEqual(['Responses']);
  });

  test('a sender pauses and resumes from there, and the tab follows', async () => {
    const { id, labels } = await home(clinic.sender, 'being sent');
    expect(labels).toEqual(expect.arrayContaining(['Send outreach', 'Pause']));
    expect(labels).not.toContain('Stop all sending');
    await clinic.post('/slack/control/action', { user: clinic.sender.id, viewId: id, actionId: 'campaign_pause' });
    const paused = await until('the tab as it is after the press', async () => {
      const shown = (await clinic.sender.sees()).home?.view;
      return wordsIn(shown).includes('paused') && shown;
    });
    expect(wordsIn(paused)).toContain('Resume');
  });

  test('an admin has the switch for everything', async () => {
    expect((await home(clinic.admin, 'paused')).labels).toContain('Stop all sending');
  });
});
