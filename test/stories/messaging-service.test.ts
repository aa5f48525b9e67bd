/** A clinic that sends by a Messaging Service: Twilio chooses the number, and an account may have others. */
import { systemClock } from '../../src/clock';
import { readConfig } from '../../src/config';
import { examine } from '../../src/doctor';
import { until } from '../../src/sandbox/driver/http';
import { type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const SERVICE = 'MG0123456789abcdef0123456789abcdef';
const ANOTHER_NUMBER = '+15005550010';
const quiet = (): void => undefined;

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic({ credentials: { twilioMessagingServiceSid: SERVICE }, troubled: true });
  await clinic.importPatients(patients(4));
  await clinic.template({ name: 'Word', text: 'Hi {{ first_name }}' });
}, 60_000);
afterAll(() => clinic.close());

const doctor = async (env: Record<string, string> = {}, mend = false): Promise<string[]> => {
  const config = readConfig({
    ...clinic.sandbox.env,
    DATABASE_URL: 'file:/nowhere/clinic.db',
    PUBLIC_URL: clinic.address,
    ...env,
  });
  const log = { info: quiet, warn: quiet, error: quiet };
  const findings = await examine(config, { clock: systemClock, log, mend });
  return findings.map(({ verdict, what }) => `${verdict} ${what}`);
};

test('sends go by the service, delivery reports and replies come back', async () => {
  expect(clinic.sandbox.env['TWILIO_FROM']).toBeUndefined();
  const card = await clinic.sends({ template: 'Word', groups: ['Everyone'] });
  await clinic.shows(card, 'Done, 4 of 4 sent');
  await clinic.shows(card, '4 delivered');
  await clinic.box.phone(phoneOf(1)).texts('A question by webhook');
  await clinic.thread('A question by webhook');
});

test('a call whose outcome is unknown is settled from Twilio’s list: nobody gets it twice', async () => {
  await clinic.template({ name: 'Again', text: 'Hi {{ first_name }}, again' });
  await clinic.box.fault('twilio', { method: 'messages.create', fault: { kind: 'drop_after' }, times: 2 });
  const card = await clinic.sends({ template: 'Again', groups: ['Everyone'] });
  await until('two uncertain texts', async () => (await clinic.received()).length >= 6);
  await clinic.box.advanceClock(90_000);
  await clinic.shows(card, 'Done, 4 of 4 sent');
  const got = (await clinic.received()).filter(({ body }) => body.endsWith('again')).map(({ number }) => number);
  expect(got.sort()).toEqual([1, 2, 3, 4].map(phoneOf).sort());
});

test('what came while the app was down is fetched; what came to other numbers of the account is not ours', async () => {
  await clinic.stopApp();
  await clinic.box.phone(phoneOf(2)).texts('A question while you were down');
  await clinic.post('/twilio/control/text', { from: phoneOf(3), to: ANOTHER_NUMBER, body: 'For somebody else' });
  await clinic.startApp();
  await clinic.thread('A question while you were down');
  const texts = (clinic.rows()['Message'] ?? []) as { text: string }[];
  expect(texts.map(({ text }) => text)).not.toContain('For somebody else');
});

test('doctor looks at the service: its numbers, where it brings texts, its registration; and mends the address', async () => {
  const well = await doctor();
  expect(well).toEqual(
    expect.arrayContaining([
      'ok Twilio knows the Messaging Service',
      'ok The Messaging Service has a number',
      'ok Twilio brings patients’ texts to this app',
      'ok 10DLC: the campaign is verified',
    ]),
  );
  expect(await doctor({ TWILIO_MESSAGING_SERVICE_SID: SERVICE.replace(/f$/, '0') })).toContain(
    'fail Twilio knows no such Messaging Service',
  );
  await clinic.post('/twilio/control/service', { inboundRequestUrl: 'https://old.example.org/in' });
  expect(await doctor()).toContain('fail The Messaging Service brings patients’ texts to another address');
  expect(await doctor({}, true)).toContain('ok Mended: the Messaging Service brings patients’ texts to this app now');
  expect(await doctor()).toContain('ok The Messaging Service brings patients’ texts to this app');
  await clinic.box.phone(phoneOf(4)).texts('By the service’s own address');
  await clinic.thread('By the service’s own address');
});
