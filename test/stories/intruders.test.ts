/** Who knows the addresses, or has overheard a request, gets nothing out of them. */
import { createHmac } from 'node:crypto';
import { until } from '../../src/sandbox/driver/http';
import { type Clinic, openClinic } from '../support/clinic';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
}, 30_000);
afterAll(() => clinic.close());

const MINUTE = 60_000;
interface Sending {
  readonly at?: number;
  readonly secret?: string;
}

/** An admin presses "Stop all sending", as Slack delivers it. */
const press = (triggerId: string): string =>
  new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_actions',
      team: { id: 'T0TEAM' },
      user: { id: clinic.admin.id, team_id: 'T0TEAM' },
      api_app_id: 'A0',
      token: 'x',
      trigger_id: triggerId,
      container: { type: 'message', message_ts: '1.1', channel_id: 'C0GENERAL' },
      channel: { id: 'C0GENERAL', name: 'general' },
      message: { ts: '1.1' },
      actions: [{ type: 'button', action_id: 'stop_all', block_id: 'b', value: '1', action_ts: '1.2' }],
    }),
  }).toString();

const deliver = async (body: string, { at = Date.now(), secret }: Sending = {}): Promise<number> => {
  const time = String(Math.floor(at / 1_000));
  const key = secret ?? clinic.sandbox.credentials.slackSigningSecret;
  const answer = await fetch(`${clinic.address}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': time,
      'x-slack-signature': `v0=${createHmac('sha256', key).update(`v0:${time}:${body}`).digest('hex')}`,
    },
    body,
  });
  return answer.status;
};

const stops = (): number => clinic.audit().filter(({ action }) => action === 'sending.stop_all').length;

test('a request of Slack’s that is older than five minutes, or signed by somebody else, is not let in', async () => {
  expect(await deliver(press('1.1'), { at: Date.now() - 6 * MINUTE })).toBe(401);
  expect(await deliver(press('1.2'), { secret: 'of-somebody-else' })).toBe(401);
  expect(stops()).toBe(0);
});

test('one that is played again is answered, and done once', async () => {
  const body = press('1.3');
  expect([await deliver(body), await deliver(body), await deliver(body)]).toEqual([200, 200, 200]);
  await until('it is done', () => Promise.resolve(stops() > 0));
  await deliver(body);
  expect(stops()).toBe(1);
});

test('a body that is larger than any of Twilio’s is not read, and one without a signature gets nothing', async () => {
  const send = async (body: string): Promise<number> =>
    (await fetch(`${clinic.address}/twilio/inbound`, { method: 'POST', body })).status;
  expect(await send(`Body=${'x'.repeat(70_000)}`)).toBe(413);
  expect(await send('MessageSid=SM1&From=%2B16175552001&Body=STOP')).toBe(403);
});
