import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

describe('With TEMPLATE_REVIEW=on a version is sent only after a reviewer approved it', () => {
  let clinic: Clinic;
  const request = (words: string): Promise<SandboxMessage> =>
    clinic.reviewer.reads(words, { channel: CHANNELS.approvals });
  const sendIsRefused = async (): Promise<void> => {
    await clinic.sender.types('/outreach send', CHANNELS.outreach);
    await clinic.sender.reads('No template is approved yet', { channel: CHANNELS.outreach });
    expect((await clinic.sender.sees()).modals).toEqual([]);
  };

  beforeAll(async () => {
    clinic = await openClinic({ env: { TEMPLATE_REVIEW: 'on', REVIEWERS: 'U0REVIEWER1,U0SENDER1,U0RESPONDER1' } });
    await clinic.importPatients(patients(1));
    await clinic.template({
      name: 'Flu shots',
      text: '{{ clinic_name }}: flu shots on Friday.',
      replies: 'YES | Thanks!',
    });
  });
  afterAll(() => clinic.close());

  test('a new one waits in the approvals channel, and cannot be sent', async () => {
    const card = await request('Template “Flu shots”, version 1');
    expect(wordsOf(card)).toContain('{{ clinic_name }}: flu shots on Friday.');
    expect(wordsOf(card)).toContain('YES → “Thanks!”');
    const own = await clinic.sender.reads('“Flu shots”, version 1', { channel: CHANNELS.outreach });
    expect(wordsOf(own)).toContain('waits for a reviewer');
    expect(wordsOf(own)).not.toContain('Send this');
    await sendIsRefused();
  });

  test('neither its author, who reviews as well, nor somebody without the role can approve it', async () => {
    const card = await request('Template “Flu shots”, version 1');
    await clinic.sender.reacts('white_check_mark', card);
    await clinic.sender.reads('You wrote this version', { channel: CHANNELS.approvals });
    await clinic.admin.presses('Approve', card);
    await clinic.admin.reads('Only reviewers decide on templates', { channel: CHANNELS.approvals });
    await sendIsRefused();
  });

  test('a reviewer’s ✅ approves it, and it can be sent; taken back, it cannot', async () => {
    const card = await request('Template “Flu shots”, version 1');
    await clinic.reviewer.reacts('white_check_mark', card);
    await clinic.shows(card, `*Approved* by <@${clinic.reviewer.id}>`, clinic.reviewer);
    await clinic.reviewer.reacts('white_check_mark', card, true);
    await clinic.shows(card, 'React with ✅ to approve', clinic.reviewer);
    await sendIsRefused();
    await clinic.reviewer.presses('Approve', await clinic.reviewer.again(card));
    await clinic.shows(card, '*Approved* by', clinic.reviewer);
    await clinic.sends({ template: 'Flu shots', groups: ['Everyone'] });
    await clinic.box.phone(phoneOf(1)).receives('Riverbend Clinic: flu shots on Friday.');
  });

  test('an edit waits again, shown with what changed; meanwhile the approved version is what is sent', async () => {
    await clinic.sender.types('/outreach template edit flu shots', CHANNELS.outreach);
    await clinic.sender.submits({ Text: '{{ clinic_name }}: flu shots on Monday.' });
    const card = await request('Template “Flu shots”, version 2');
    expect(wordsOf(card)).toContain('Changed since version 1, which is approved');
    await clinic.sender.types('/outreach send flu shots', CHANNELS.outreach);
    expect(JSON.stringify(await clinic.sender.modal())).toContain('Flu shots (version 1; 2 waits for review)');
    await clinic.reviewer.reacts('x', card);
    await clinic.shows(card, `*Rejected* by <@${clinic.reviewer.id}>`, clinic.reviewer);
    await clinic.reviewer.reads('rejected this template. Please write here why', {
      channel: CHANNELS.approvals,
      threadTs: card.ts,
    });
    await clinic.sender.types('/outreach template history flu shots', CHANNELS.outreach);
    const history = await clinic.sender.reads('“Flu shots”: 2 versions', { channel: CHANNELS.outreach });
    expect(wordsOf(history)).toMatch(/Version 2\*.*❌ rejected[^]*Version 1\*.*✅ approved/);
  });

  test('a ✅ that was given while the app was down counts when it is back', async () => {
    await clinic.sender.types('/outreach template edit flu shots', CHANNELS.outreach);
    await clinic.sender.submits({ Text: '{{ clinic_name }}: flu shots on Tuesday.' });
    const card = await request('Template “Flu shots”, version 3');
    await clinic.stopApp();
    await clinic.reviewer.reacts('white_check_mark', card);
    await clinic.startApp();
    await clinic.shows(card, '*Approved* by', clinic.reviewer);
    const texts = await until('the list', async () => {
      await clinic.sender.types('/outreach send', CHANNELS.outreach);
      return JSON.stringify(await clinic.sender.modal());
    });
    expect(texts).not.toContain('waits for review');
  });

  test('a ✅ that was taken back meanwhile does not count any more; what was pressed stands', async () => {
    const byReaction = await request('Template “Flu shots”, version 3');
    const byButton = await request('Template “Flu shots”, version 1');
    await clinic.stopApp();
    await clinic.reviewer.reacts('white_check_mark', byReaction, true);
    await clinic.startApp();
    await clinic.shows(byReaction, 'React with ✅ to approve', clinic.reviewer);
    expect(wordsOf(await clinic.reviewer.again(byButton))).toContain('*Approved* by');
  });

  test('one ❌ outweighs another reviewer’s ✅ until it is taken back', async () => {
    const card = await request('Template “Flu shots”, version 3');
    await clinic.responder.reacts('x', card);
    await clinic.shows(card, `*Rejected* by <@${clinic.responder.id}>`, clinic.reviewer);
    await clinic.reviewer.reacts('white_check_mark', card);
    await clinic.reviewer.reads('Another reviewer rejected this version', { channel: CHANNELS.approvals });
    await clinic.responder.reacts('x', card, true);
    await clinic.shows(card, `*Approved* by <@${clinic.reviewer.id}>`, clinic.reviewer);
  });
});
