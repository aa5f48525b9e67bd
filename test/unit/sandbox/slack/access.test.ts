import { createHmac } from 'node:crypto';
import type { Sandbox } from '../../../../src/sandbox/start';
import { CHANNEL, clientOf, driverOf, openSandbox, refusal, runHttpApp } from './support';
import type { RunningApp } from './support';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox();
});

afterAll(() => sandbox.close());

const postJson = (method: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  driverOf(sandbox).raw(`/slack/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('the right token is told who it belongs to, and what it may do', async () => {
  const answer = await clientOf(sandbox).auth.test();
  expect(answer).toMatchObject({ ok: true, team_id: 'T0CLINIC', user_id: 'U0CARETHREAD', bot_id: 'B0CARETHREAD' });
  expect(answer.response_metadata?.scopes).toContain('chat:write');
});

test('a wrong token, none, and one of the wrong kind are refused', async () => {
  expect((await refusal(clientOf(sandbox, 'xoxb-wrong').auth.test())).error).toBe('invalid_auth');
  expect((await refusal(clientOf(sandbox, '').auth.test())).error).toBe('not_authed');
  const connections = clientOf(sandbox).apps.connections.open({});
  expect((await refusal(connections)).error).toBe('not_allowed_token_type');
});

test('failures come with HTTP 200', async () => {
  const response = await postJson('auth.test', {});
  expect([response.status, await response.json()]).toEqual([200, { ok: false, error: 'not_authed' }]);
});

test('JSON is read as well as forms, and the token from either place', async () => {
  const message = { channel: CHANNEL, text: 'Hello', blocks: [{ type: 'divider' }] };
  const byHeader = await postJson('chat.postMessage', message, {
    authorization: `Bearer ${sandbox.credentials.slackBotToken}`,
  });
  expect(await byHeader.json()).toMatchObject({ ok: true, message: { text: 'Hello', blocks: [{ type: 'divider' }] } });
  const byArgument = await postJson('auth.test', { token: sandbox.credentials.slackBotToken });
  expect(await byArgument.json()).toMatchObject({ ok: true });
});

test('a token without the scope is told which one it needs', async () => {
  const poor = await openSandbox({ slack: { scopes: ['chat:write'] } });
  const reading = clientOf(poor).usergroups.users.list({ usergroup: 'S0REVIEWERS' });
  expect((await refusal(reading)).error).toBe('missing_scope');
  await poor.close();
});

test('the app sees what the workspace’s admin does to it', async () => {
  const driver = driverOf(sandbox);
  const say = (): Promise<unknown> => clientOf(sandbox).chat.postMessage({ channel: 'C0GENERAL', text: 'x' });
  await driver.post('channel', { id: 'C0GENERAL', appIsMember: false });
  expect((await refusal(say())).error).toBe('not_in_channel');
  await clientOf(sandbox).conversations.join({ channel: 'C0GENERAL' });
  const { ts = '' } = await clientOf(sandbox).chat.postMessage({ channel: 'C0GENERAL', text: 'x' });
  await driver.post('channel', { id: 'C0GENERAL', archived: true });
  expect((await refusal(say())).error).toBe('is_archived');
  const changing = clientOf(sandbox).chat.update({ channel: 'C0GENERAL', ts, text: 'y' });
  expect((await refusal(changing)).error).toBe('is_inactive');
});

describe('signatures', () => {
  let app: RunningApp;
  let address = '';

  beforeAll(async () => {
    app = await runHttpApp(sandbox, (bolt) => {
      bolt.command('/ping', async ({ ack }) => ack('pong'));
    });
    address = app.address ?? '';
  });

  afterAll(() => app.stop());

  const send = (secret: string, ageSeconds: number): Promise<Response> => {
    const body = 'command=%2Fping&text=&user_id=U1&team_id=T1&channel_id=C1';
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
  };

  test('the sandbox signs so that Bolt believes it, wherever the sandbox’s clock stands', async () => {
    sandbox.clock.moveTo(new Date(Date.now() + 90 * 86_400_000));
    const command = { user: 'U0SENDER1', channel: CHANNEL, command: '/ping', text: '' };
    expect(await driverOf(sandbox).post('command', command)).toEqual({ ok: true, status: 200 });
  });

  test('a stale signature and a wrong one are refused', async () => {
    const secret = sandbox.credentials.slackSigningSecret;
    expect((await send(secret, 0)).status).toBe(200);
    expect((await send(secret, 600)).status).toBe(401);
    expect((await send('another secret', 0)).status).toBe(401);
  });

  test('an address that does not answer the challenge is not taken', async () => {
    const attempt = driverOf(sandbox).post('app', { requestUrl: `${sandbox.address}/nowhere` });
    await expect(attempt).rejects.toThrow('422');
  });
});
