/** Admins hear of trouble in their DM, once, also over restarts, and once more when it is over. */
import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const MINUTE = 60_000;
let clinic: Clinic;
let head: SandboxMessage;

beforeAll(async () => {
  clinic = await openClinic({ troubled: true });
  await clinic.importPatients(patients(4));
  await clinic.box.phone(phoneOf(1)).texts('Are you there?');
  head = await clinic.thread('Are you there?');
}, 60_000);
afterAll(() => clinic.close());

const toldAdmin = async (words: RegExp): Promise<string[]> =>
  (await clinic.admin.sees()).messages
    .filter(({ isBot, channel }) => isBot && channel.startsWith('D'))
    .map(wordsOf)
    .filter((text) => words.test(text));

const hears = (words: RegExp): Promise<boolean> =>
  until(`the admin hears ${String(words)}`, async () => (await toldAdmin(words)).length > 0, 30_000);

const metric = async (line: string): Promise<boolean> =>
  (await (await fetch(`${clinic.address}/metrics`)).text()).includes(line);

describe('Credentials that Twilio refuses', () => {
  const STOPPED = /Twilio refused our credentials, so all sending has stopped/;

  test('are told, and what patients’ webhooks meet meanwhile', async () => {
    await clinic.stopApp();
    await clinic.startApp({ TWILIO_AUTH_TOKEN: 'of-another-account' });
    await hears(STOPPED);
    for (const text of ['One', 'Two', 'Three']) {
      expect((await clinic.box.phone(phoneOf(2)).texts(text)).webhookStatus).toBe(403);
    }
    await hears(/3 messages from Twilio in a row had a wrong signature/);
    expect(await metric('carethread_webhooks_refused_in_row 3')).toBe(true);
  }, 60_000);

  test('are not told again by a restart', async () => {
    await clinic.stopApp();
    await clinic.startApp({ TWILIO_AUTH_TOKEN: 'of-another-account' });
    await until('alerts are looked at', () => metric('carethread_alerts_standing 2'));
    await clinic.answers(head, 'We are');
    await clinic.stopApp();
    expect(await toldAdmin(STOPPED)).toHaveLength(1);
  }, 60_000);

  test('once they fit, texts go, replies are there, and it is told that all is well', async () => {
    await clinic.startApp();
    await clinic.box.phone(phoneOf(1)).receives('We are');
    await clinic.thread(/Three/);
    await hears(/Well again: Twilio takes texts again/);
    await clinic.box.phone(phoneOf(2)).texts('Four');
    await hears(/Well again: Twilio’s signatures fit again/);
    expect(await toldAdmin(/Well again/)).toHaveLength(2);
    expect(await metric('carethread_sends_total{outcome="accepted"} 1')).toBe(true);
    expect(await metric('carethread_alerts_standing 0')).toBe(true);
  }, 60_000);
});

test('a text of which nobody knows for more than 15 minutes whether Twilio has it', async () => {
  await clinic.box.fault('twilio', { method: 'messages.create', fault: { kind: 'drop_before' }, times: 1 });
  await clinic.box.fault('twilio', { method: 'messages.list', fault: { kind: '500' }, times: 10_000 });
  await clinic.answers(head, 'Come at ten');
  await until('it is uncertain', () => metric('carethread_messages_uncertain 1'));
  await clinic.box.advanceClock(16 * MINUTE);
  await hears(/1 text: for more than 15 minutes nobody knows whether Twilio has it/);
  expect(await clinic.box.phone(phoneOf(1)).received()).not.toContain('Come at ten');
  await clinic.box.endFaults('twilio');
  await clinic.box.phone(phoneOf(1)).receives('Come at ten');
  await hears(/Well again: It is known of every text/);
}, 90_000);

test('a channel that takes no posts, and takes them again', async () => {
  await clinic.post('/slack/control/channel', { id: CHANNELS.replies, appIsMember: false });
  await clinic.box.phone(phoneOf(3)).texts('Hello from three');
  await hears(/I cannot post in .*C0REPLIES/);
  await clinic.post('/slack/control/channel', { id: CHANNELS.replies, appIsMember: true });
  await clinic.box.advanceClock(MINUTE);
  await clinic.thread('Hello from three');
  await hears(/Well again: .*C0REPLIES.* takes my posts/);
  expect(await toldAdmin(/I cannot post in/)).toHaveLength(1);
}, 60_000);
