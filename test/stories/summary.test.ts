import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

describe('When a send has ended', () => {
  let clinic: Clinic;
  let card: SandboxMessage;
  const contentOf = async (url: string): Promise<Buffer> =>
    Buffer.from(await (await fetch(new URL(url, clinic.sandbox.address))).arrayBuffer());

  beforeAll(async () => {
    clinic = await openClinic();
    const rows = patients(4).map((row, index) => (index === 1 ? { ...row, first: '=HYPERLINK("x")', last: '' } : row));
    await clinic.importPatients(rows);
    await clinic.template({ name: 'Flu shots', text: 'Flu shots on Friday. Reply YES or NO.', replies: 'YES\nNO' });
    await clinic.post('/twilio/control/phone', { number: phoneOf(4), kind: 'landline' });
    card = await clinic.sends({ template: 'Flu shots', groups: ['Everyone'] });
    await clinic.shows(card, '3 delivered, 1 failed');
  });
  afterAll(() => clinic.close());

  test('its thread gets one summary, with a picture and all of it in words, over restarts too', async () => {
    const summaries = async (): Promise<SandboxMessage[]> =>
      (await clinic.inThread(card)).filter(({ files }) => files.length > 0);
    const summary = await until('the summary', async () => (await summaries())[0]);
    expect(wordsOf(summary)).toMatch(/4 of 4 sent: “Flu shots”[^]*3 delivered, 1 failed[^]*No replies yet/);
    expect(wordsOf(summary)).not.toMatch(/Pat\d|555/);
    const [file] = summary.files;
    expect(file?.name).toBe('summary-1.png');
    expect((await contentOf(file?.controlUrl ?? '')).subarray(0, 4)).toEqual(PNG);
    await clinic.stopApp();
    await clinic.startApp();
    await clinic.box.phone(phoneOf(1)).texts('yes');
    await clinic.shows(card, '1 YES');
    expect(await summaries()).toHaveLength(1);
  });

  test('who asks for the results gets them as a file, for their eyes only and on the record', async () => {
    await clinic.sender.presses('Download results', await clinic.shows(card, '1 YES'));
    const given = await clinic.sender.reads('Send 1: 4 recipients', { channel: clinic.sender.direct });
    const csv = (await contentOf(given.files[0]?.controlUrl ?? '')).toString('utf8');
    const lines = csv.trim().split(/\r?\n/);
    expect(lines).toHaveLength(5);
    expect(csv).toMatch(/"Pat1 R\.","1001","2001","delivered",.*"YES"/);
    expect(csv).toMatch(/"1004","2004","not delivered","This number cannot get texts/);
    expect(csv).not.toMatch(/(^|,)"?=/m);
    expect(csv).not.toContain('+1617');
    await clinic.admin.types('/outreach audit', CHANNELS.outreach);
    await clinic.admin.reads(/download/i, { channel: CHANNELS.outreach });
  });

  test('a reviewer may look at the card, and not take the list away', async () => {
    await clinic.reviewer.types('/outreach status 1', CHANNELS.outreach);
    const shown = await clinic.reviewer.reads('Done, 4 of 4 sent', { channel: CHANNELS.outreach });
    expect(shown.ts).not.toBe(card.ts);
    await clinic.reviewer.presses('Download results', shown);
    await clinic.reviewer.reads('Only senders, responders and admins may download responses');
  });
});
