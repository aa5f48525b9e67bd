import Database from 'better-sqlite3';
import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn } from '../../src/sandbox/driver/blocks';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const HOUR = 3_600_000;

describe('What reviewers approved is what goes, to the letter', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ env: { APPROVAL_THRESHOLD: '3', REVIEWERS: 'U0REVIEWER1' } });
    await clinic.importPatients(patients(4));
    await clinic.template({ name: 'Flu shots', text: '{{ clinic_name }}: flu shots on Friday.' });
  });
  afterAll(() => clinic.close());

  const asks = async (startAt?: Date): Promise<{ card: SandboxMessage; request: SandboxMessage }> => {
    const card = await clinic.send({ template: 'Flu shots', groups: ['Everyone'], ...(startAt && { startAt }) });
    await clinic.sender.presses(startAt ? 'Schedule' : 'Send now', card);
    return { card, request: await clinic.approvalCard() };
  };
  /** Somebody at the database, beside the app. */
  const inTheDatabase = (sql: string): void => {
    const db = new Database(clinic.databaseUrl.replace('file:', ''), { timeout: 10_000 });
    db.exec(sql);
    db.close();
  };
  const isVoid = async ({ card, request }: { card: SandboxMessage; request: SandboxMessage }): Promise<void> => {
    const shown = await clinic.shows(card, 'every approval of it is void. Nothing was sent.');
    expect(buttonsIn(shown.blocks).map(({ label }) => label)).toEqual(['Change', 'Cancel']);
    await clinic.shows(request, 'Changed after it was shown here: nothing to decide', clinic.reviewer);
    await clinic.sender.reads('your send was not released', { threadTs: card.ts });
    expect(await clinic.received()).toEqual([]);
  };

  test('a text changed before the ✅ voids the request, and the reviewer is told', async () => {
    const asked = await asks();
    inTheDatabase(`UPDATE Message SET text = 'Call 1-900-SCAM' WHERE phone = '${phoneOf(2)}' AND state = 'QUEUED'`);
    await clinic.reviewer.reacts('white_check_mark', asked.request);
    await clinic.reviewer.reads('not those that reviewers were shown', { channel: CHANNELS.approvals });
    await isVoid(asked);
    await clinic.sender.presses('Cancel', await clinic.sender.again(asked.card));
  });

  test('a number changed after the ✅ voids the approval: at its time nothing goes', async () => {
    const at = new Date((await clinic.box.now()).getTime() + HOUR);
    const asked = await asks(at);
    await clinic.reviewer.reacts('white_check_mark', asked.request);
    await clinic.shows(asked.card, '4 patients get “Flu shots”');
    inTheDatabase(`UPDATE Message SET phone = '+16175559999' WHERE phone = '${phoneOf(3)}' AND state = 'QUEUED'`);
    await clinic.box.moveClockTo(at);
    await isVoid(asked);
  });

  test('asked for anew with Change it is approved anew, and goes as shown', async () => {
    const voided = await clinic.sender.reads('Nothing was sent: “Flu shots”', { channel: CHANNELS.outreach });
    await clinic.sender.presses('Change', voided);
    expect(await clinic.sender.submits({ Template: 'Flu shots', When: 'Now' })).toMatchObject({
      responseAction: 'closed',
    });
    const fresh = await clinic.sender.reads('4 patients would get “Flu shots”', { channel: CHANNELS.outreach });
    await clinic.sender.presses('Send now', fresh);
    await clinic.approve();
    await clinic.shows(fresh, 'Done, 4 of 4 sent');
    const texts = (await clinic.received()).map(({ body }) => body);
    expect(new Set(texts)).toEqual(new Set(['Riverbend Clinic: flu shots on Friday.']));
  });
});
