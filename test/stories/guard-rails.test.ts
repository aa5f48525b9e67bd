import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const MANY = 80;

describe('A send that does more harm than good is paused', () => {
  let clinic: Clinic;
  let card: SandboxMessage;

  beforeAll(async () => {
    clinic = await openClinic({ env: { TWILIO_RATE: '6' } });
    await clinic.importPatients(patients(MANY));
    await clinic.template({
      name: 'Flu shots',
      text: '{{ clinic_name }}: flu shots on Friday. Reply STOP to get none.',
    });
    for (let nth = 1; nth <= 6; nth += 1) {
      await clinic.post('/twilio/control/phone', { number: phoneOf(nth), kind: 'invalid' });
    }
    card = await clinic.sends({ template: 'Flu shots', groups: ['Everyone'] });
  });
  afterAll(() => clinic.close());

  test('too many wrong numbers: the card says why, and requester and admins are told', async () => {
    await clinic.shows(card, /Paused: 6 of the latest \d+ texts failed for good[^]*more than 5 %/);
    const told = await clinic.admin.reads('Send 1 is paused', { channel: CHANNELS.approvals });
    expect(wordsOf(told)).toContain(`<@${clinic.sender.id}> <@${clinic.admin.id}>`);
    await clinic.sender.reads('It is paused. Look at its card', { threadTs: card.ts });
    expect((await clinic.received()).length).toBeLessThan(MANY - 10);
  });

  test('a person resumes it, and the same failures do not stop it again; too many opt-outs do', async () => {
    const before = (await clinic.box.records()).length;
    await clinic.sender.presses('Resume', await clinic.shows(card, 'Paused: '));
    const fresh = await until('texts after the pause', async () => {
      const later = (await clinic.box.records()).slice(before);
      return later.length >= 6 && later;
    });
    for (const { to } of fresh.slice(0, 3)) await clinic.box.phone(to).texts('STOP');
    await clinic.shows(card, /Paused: 3 of \d+ patients opted out: more than 3 %/);
  });

  test('resumed again it comes to its end', async () => {
    await clinic.sender.presses('Resume', await clinic.shows(card, 'Paused: '));
    await clinic.shows(card, `Done, ${MANY} of ${MANY} sent`);
  });
});
