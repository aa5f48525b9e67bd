/** An admin asks whether the installation is well; each fault that can be put in is found, with what mends it. */
import { judgeClock, judgeDisk, scopesOf } from '../../src/domain/checkup';
import { readConfig } from '../../src/config';
import { examine } from '../../src/doctor';
import type { Finding } from '../../src/domain/checkup';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { systemClock } from '../../src/clock';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';

const quiet = (): void => undefined;
const log = { info: quiet, warn: quiet, error: quiet };

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic({ troubled: true });
}, 60_000);
afterAll(() => clinic.close());

function look(env: Record<string, string> = {}, mend = false): Promise<Finding[]> {
  const config = readConfig({
    ...clinic.sandbox.env,
    DATABASE_URL: 'file:/nowhere/clinic.db',
    PUBLIC_URL: clinic.address,
    ...env,
  });
  return examine(config, { clock: systemClock, log, mend });
}

const wrong = (findings: readonly Finding[]): string[] =>
  findings.filter(({ verdict }) => verdict === 'fail').map(({ what }) => what);

test('a well installation has nothing to mend', async () => {
  const findings = await look();
  expect(wrong(findings)).toEqual([]);
  expect(findings.length).toBeGreaterThan(12);
  expect(findings.every(({ verdict, mend }) => verdict === 'ok' || mend !== undefined)).toBe(true);
});

test.each([
  [{ SLACK_BOT_TOKEN: 'xoxb-of-somebody-else' }, 'Slack refuses the bot token (invalid_auth)'],
  [{ SLACK_APP_TOKEN: 'xapp-of-somebody-else' }, 'Socket Mode: Slack refuses the app-level token (invalid_auth)'],
  [{ SLACK_API_URL: 'http://127.0.0.1:9/' }, 'Slack does not answer'],
  [{ CHANNEL_APPROVALS: 'C0NOWHERE' }, 'Slack knows no channel C0NOWHERE, or the app is not in it'],
  [{ TWILIO_AUTH_TOKEN: 'wrong' }, 'Twilio refuses the credentials'],
  [{ TWILIO_API_URL: 'http://127.0.0.1:9' }, 'Twilio does not answer'],
  [{ TWILIO_FROM: '+16175550199' }, 'TWILIO_FROM is not among the account’s numbers'],
  [{ PUBLIC_URL: 'http://127.0.0.1:9' }, 'The address for Slack’s events does not answer'],
])('%j is found', async (env, what) => {
  expect(wrong(await look(env as Record<string, string>))).toContain(what);
});

test('a channel without the app, and an archived one', async () => {
  await clinic.post('/slack/control/channel', { id: CHANNELS.approvals, appIsMember: false });
  await clinic.post('/slack/control/channel', { id: CHANNELS.imports, archived: true });
  const found = wrong(await look());
  await clinic.post('/slack/control/channel', { id: CHANNELS.approvals, appIsMember: true });
  await clinic.post('/slack/control/channel', { id: CHANNELS.imports, archived: false });
  expect(found).toEqual(['The app is not in the channel for approvals', 'The channel for imports is archived']);
});

test('a webhook address that is wrong at Twilio is found, and set when that is asked for', async () => {
  await clinic.post('/twilio/control/number', { smsUrl: 'https://old.example.org/twilio/inbound' });
  expect(wrong(await look())).toEqual(['Twilio brings patients’ texts to another address']);
  expect(wrong(await look({}, true))).toEqual([]);
  expect(await clinic.get<{ smsUrl: string }>('/twilio/control/number')).toEqual({
    smsUrl: `${clinic.address}/twilio/inbound`,
  });
  expect(wrong(await look())).toEqual([]);
});

test('scopes that the manifest asks for and the token lacks', async () => {
  const poor = await openClinic({ troubled: true, slack: { scopes: ['chat:write', 'channels:read'] } });
  const config = readConfig({ ...poor.sandbox.env, PUBLIC_URL: poor.address });
  const found = wrong(await examine(config, { clock: systemClock, log }));
  await poor.close();
  expect(found.join()).toMatch(/lacks commands, channels:history.*usergroups:read/);
});

test('clock and disk are judged', () => {
  const now = new Date('2026-11-24T19:00:00Z');
  const wrongBy = (seconds: number): string =>
    judgeClock(new Date(now.getTime() + seconds * 1000).toUTCString(), now).verdict;
  expect([0, -9, 60, -600].map(wrongBy)).toEqual(['ok', 'ok', 'warn', 'fail']);
  expect(judgeClock(null, now).verdict).toBe('warn');
  const [small, large] = [1e6, 5e9];
  expect(
    [judgeDisk(5e9, small), judgeDisk(0.5e9, small), judgeDisk(1e8, small), judgeDisk(4e9, large)].map(
      (one) => one.verdict,
    ),
  ).toEqual(['ok', 'warn', 'fail', 'fail']);
  expect(
    scopesOf('oauth_config:\n  scopes:\n    bot:\n      # why\n      - chat:write\n      - commands\nsettings:\n'),
  ).toEqual(['chat:write', 'commands']);
});

test('an admin presses the button in the Home tab; nobody else has it', async () => {
  await clinic.admin.opensHome();
  const { id } = (await clinic.admin.sees()).home!;
  await clinic.post('/slack/control/action', { user: clinic.admin.id, viewId: id, actionId: 'check_installation' });
  const answer = await until('the answer', async () =>
    (await clinic.admin.sees()).messages.find((message) => /to mend|checks are well/.test(wordsOf(message))),
  );
  expect(wordsOf(answer)).toContain('Slack takes the bot token');
});
