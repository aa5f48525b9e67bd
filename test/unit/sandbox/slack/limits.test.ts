import { WebClient } from '@slack/web-api';
import type { Sandbox } from '../../../../src/sandbox/start';
import { CHANNEL, SENDER, clientOf, driverOf, openSandbox, refusal, silent, until } from './support';
import type { Json } from './support';

const failure = async (call: Promise<unknown>): Promise<Json> => {
  try {
    await call;
  } catch (error) {
    return error as Json;
  }
  throw new Error('It did not fail.');
};

describe('one message a second a channel', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await openSandbox({ slack: { postPerSecond: 1, postBurst: 2 } });
  });

  afterEach(() => sandbox.close());

  test('the third of a burst of two is refused with 429 and Retry-After', async () => {
    const post = (channel = CHANNEL): Promise<unknown> => clientOf(sandbox).chat.postMessage({ channel, text: 'x' });
    await post();
    await post();
    expect(await failure(post())).toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    await expect(post('C0APPROVALS')).resolves.toMatchObject({ ok: true });
  });

  test('a WebClient that waits as told gets through', async () => {
    const patient = new WebClient(sandbox.credentials.slackBotToken, {
      slackApiUrl: `${sandbox.address}/slack/api/`,
      logger: silent,
    });
    for (let i = 0; i < 3; i += 1) await patient.chat.postMessage({ channel: CHANNEL, text: `${i}` });
    const { messages } = await driverOf(sandbox).get<{ messages: Json[] }>(`state?user=${SENDER}`);
    expect(messages.map(({ text }) => text)).toEqual(['0', '1', '2']);
  });
});

describe('faults to order', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await openSandbox();
  });

  afterEach(() => sandbox.close());

  const order = (fault: Json, times = 1): Promise<unknown> =>
    driverOf(sandbox).post('faults', { method: 'chat.postMessage', fault, times });

  const post = (): Promise<unknown> => clientOf(sandbox).chat.postMessage({ channel: CHANNEL, text: 'x' });

  const posted = async (): Promise<number> =>
    (await driverOf(sandbox).get<{ messages: Json[] }>(`state?user=${SENDER}`)).messages.length;

  test('429 with the seconds that were ordered', async () => {
    await order({ kind: '429', retryAfterSeconds: 7 });
    expect(await failure(post())).toMatchObject({ retryAfter: 7 });
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  test('500, as often as ordered, and of no other method', async () => {
    await order({ kind: '500' }, 2);
    expect(await failure(post())).toMatchObject({ statusCode: 500 });
    await expect(clientOf(sandbox).auth.test()).resolves.toMatchObject({ ok: true });
    expect(await failure(post())).toMatchObject({ statusCode: 500 });
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  test('the connection is cut before anything was done', async () => {
    await order({ kind: 'drop_before' });
    expect(await failure(post())).toMatchObject({ code: 'slack_webapi_request_error' });
    expect(await posted()).toBe(0);
  });

  test('the connection is cut after all was done', async () => {
    await order({ kind: 'drop_after' });
    expect(await failure(post())).toMatchObject({ code: 'slack_webapi_request_error' });
    expect(await posted()).toBe(1);
  });

  test('no answer ever', async () => {
    await order({ kind: 'hang' });
    const hasty = new WebClient(sandbox.credentials.slackBotToken, {
      slackApiUrl: `${sandbox.address}/slack/api/`,
      logger: silent,
      retryConfig: { retries: 0 },
      timeout: 50,
    });
    await expect(hasty.chat.postMessage({ channel: CHANNEL, text: 'x' })).rejects.toThrow();
    expect(await posted()).toBe(0);
  });

  test('an end to all faults', async () => {
    await order({ kind: '500' }, 99);
    await driverOf(sandbox).raw('/slack/control/faults', { method: 'DELETE' });
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  test('every call is on the record, without the token', async () => {
    await post();
    await refusal(clientOf(sandbox).chat.postMessage({ channel: 'C0NOWHERE', text: 'y' }));
    expect(await driverOf(sandbox).get('calls')).toEqual([
      { at: expect.any(String), method: 'chat.postMessage', ok: true, args: { channel: CHANNEL, text: 'x' } },
      {
        at: expect.any(String),
        method: 'chat.postMessage',
        ok: false,
        error: 'channel_not_found',
        args: { channel: 'C0NOWHERE', text: 'y' },
      },
    ]);
  });
});

test('the page hears of every change', async () => {
  const sandbox = await openSandbox();
  const response = await driverOf(sandbox).raw(`/slack/control/stream?user=${SENDER}`);
  let heard = '';
  void (async () => {
    for await (const chunk of response.body ?? []) heard += Buffer.from(chunk as Uint8Array).toString();
  })().catch(() => undefined);
  await clientOf(sandbox).chat.postMessage({ channel: CHANNEL, text: 'x' });
  await until(() => heard.includes('event: changed\ndata: {}'));
  await sandbox.close();
});
