import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel } from '@slack/bolt';
import type { App } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import type { Sandbox } from '../../../../src/sandbox/start';
import { CHANNEL, SENDER, clientOf, driverOf, openSandbox, runHttpApp, runSocketApp, until } from './support';
import type { Json, RunningApp } from './support';

interface Delivery {
  eventId: string;
  type: string;
  attempts: number;
  acked: boolean;
}

const say = (sandbox: Sandbox, text: string): Promise<Json> =>
  driverOf(sandbox).post('message', { user: SENDER, channel: CHANNEL, text });

const deliveries = (sandbox: Sandbox): Promise<Delivery[]> => driverOf(sandbox).get<Delivery[]>('deliveries');

test('an event that finds nobody is sent four times in all, and then given up', async () => {
  const sandbox = await openSandbox();
  await say(sandbox, 'Is anybody there?');
  await until(async () => (await deliveries(sandbox))[0]?.attempts === 4);
  expect(await deliveries(sandbox)).toMatchObject([{ type: 'message', attempts: 4, acked: false }]);
  await sandbox.close();
});

test('an event not acknowledged over HTTP comes again, and says so', async () => {
  const sandbox = await openSandbox({ slack: { ackTimeoutMs: 60 } });
  const seen: unknown[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Json;
      if (body['type'] === 'url_verification') return void res.end(body['challenge']);
      seen.push([body['event_id'], req.headers['x-slack-retry-num'], req.headers['x-slack-retry-reason']]);
      if (seen.length === 2) res.statusCode = 500;
      if (seen.length > 1) res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await driverOf(sandbox).post('app', { requestUrl: `http://127.0.0.1:${port}` });
  await say(sandbox, 'Thrice, please');
  await until(async () => (await deliveries(sandbox))[0]?.acked === true);
  const id = (await deliveries(sandbox))[0]?.eventId;
  expect(seen).toEqual([
    [id, undefined, undefined],
    [id, '1', 'http_timeout'],
    [id, '2', 'http_error'],
  ]);
  server.close();
  server.closeAllConnections();
  await sandbox.close();
});

test('an event not acknowledged over a socket comes again, and says so', async () => {
  const sandbox = await openSandbox({ slack: { ackTimeoutMs: 60 } });
  const client = new SocketModeClient({
    appToken: sandbox.credentials.slackAppToken,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: `${sandbox.address}/slack/api/` },
  });
  const seen: unknown[] = [];
  interface Delivered {
    readonly ack: () => Promise<void>;
    readonly body: { readonly event_id: string };
    readonly retry_num: number;
    readonly retry_reason: string;
  }
  client.on('slack_event', ({ ack, body, retry_num: number, retry_reason: reason }: Delivered) => {
    seen.push([body.event_id, number, reason]);
    if (seen.length > 1) void ack();
  });
  await client.start();
  await say(sandbox, 'Twice, please');
  await until(async () => (await deliveries(sandbox))[0]?.acked === true);
  const id = (await deliveries(sandbox))[0]?.eventId;
  expect(seen).toEqual([
    [id, 0, ''],
    [id, 1, 'http_timeout'],
  ]);
  await client.disconnect();
  await sandbox.close();
});

describe.each([
  ['HTTP', runHttpApp],
  ['Socket Mode', runSocketApp],
])('over %s', (_name, run) => {
  let sandbox: Sandbox;
  let app: RunningApp | undefined;

  beforeEach(async () => {
    sandbox = await openSandbox({ slack: { ackTimeoutMs: 60 } });
  });

  afterEach(async () => {
    await app?.stop();
    await sandbox.close();
  });

  const listen = async (prepare: (bolt: App) => void): Promise<void> => {
    app = await run(sandbox, prepare);
  };

  test('an acknowledged event comes again when it is ordered to', async () => {
    const texts: unknown[] = [];
    await listen((bolt) => {
      bolt.message(async ({ message, body }) => {
        texts.push([body.event_id, 'text' in message && message.text]);
      });
    });
    await say(sandbox, 'Once');
    await until(async () => texts.length === 1);
    expect(await driverOf(sandbox).post('redeliver')).toMatchObject({ attempts: 2, acked: true });
    await until(() => texts.length === 2);
    expect(texts[1]).toEqual(texts[0]);
  });

  test('a command that is not acknowledged in time has failed, and is not sent again', async () => {
    let times = 0;
    await listen((bolt) => {
      bolt.command('/slow', async ({ ack }) => {
        times += 1;
        await new Promise((resolve) => setTimeout(resolve, 150));
        await ack();
      });
    });
    const command = { user: SENDER, channel: CHANNEL, command: '/slow', text: '' };
    expect(await driverOf(sandbox).post('command', command)).toMatchObject({ ok: false, error: 'operation_timeout' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(times).toBe(1);
  });

  test('the app hears of its own messages, marked as its own', async () => {
    const own: Json[] = [];
    await listen((bolt) => {
      bolt.use(async ({ body, next }) => {
        own.push((body as unknown as { event: Json }).event);
        await next();
      });
    });
    await clientOf(sandbox).chat.postMessage({ channel: CHANNEL, text: 'It is I' });
    await until(() => own.length === 1);
    expect(own[0]).toMatchObject({
      type: 'message',
      bot_id: 'B0CARETHREAD',
      user: 'U0CARETHREAD',
      channel_type: 'channel',
    });
    expect(own[0]).not.toHaveProperty('subtype');
  });
});

test('a socket that Slack asks to reconnect does, and nothing is lost', async () => {
  const sandbox = await openSandbox({ slack: { redeliveryDelaysMs: [200, 2000, 4000] } });
  const texts: unknown[] = [];
  const app = await runSocketApp(sandbox, (bolt) => {
    bolt.message(async ({ message }) => void texts.push('text' in message && message.text));
  });
  const connections = async (): Promise<number> =>
    (await driverOf(sandbox).get<{ connections: number }>('socket')).connections;
  await driverOf(sandbox).post('socket/disconnect', { reason: 'refresh_requested' });
  await until(async () => (await connections()) === 0);
  await say(sandbox, 'Meanwhile');
  await until(() => texts.length === 1, 20_000);
  expect(await connections()).toBe(1);
  await app.stop();
  await sandbox.close();
});

test('what becomes of a message reaches the app as Slack tells it', async () => {
  const sandbox = await openSandbox();
  const events: Json[] = [];
  const app = await runHttpApp(sandbox, (bolt) => {
    bolt.use(async ({ body, next }) => {
      events.push((body as unknown as { event: Json }).event);
      await next();
    });
  });
  const driver = driverOf(sandbox);
  const next = async (): Promise<Json> => {
    await until(() => events.length > 0);
    return events.shift() as Json;
  };
  const { ts } = await say(sandbox, 'One');
  expect(await next()).toMatchObject({ text: 'One', user: SENDER, blocks: [{ type: 'rich_text' }], team: 'T0CLINIC' });
  await driver.post('message', { user: SENDER, channel: CHANNEL, text: 'Two', threadTs: ts, broadcast: true });
  expect(await next()).toMatchObject({ subtype: 'thread_broadcast', thread_ts: ts, root: { ts, reply_count: 1 } });
  await driver.post('message/edit', { user: SENDER, channel: CHANNEL, ts, text: 'Uno' });
  expect(await next()).toMatchObject({
    subtype: 'message_changed',
    message: { text: 'Uno', edited: { user: SENDER } },
    previous_message: { text: 'One' },
  });
  await driver.post('message/delete', { user: SENDER, channel: CHANNEL, ts });
  expect(await next()).toMatchObject({ subtype: 'message_deleted', deleted_ts: ts, previous_message: { text: 'Uno' } });
  await driver.post('message', { user: SENDER, channel: 'D0SENDER1', text: 'Psst' });
  expect(await next()).toMatchObject({ text: 'Psst', channel: 'D0SENDER1', channel_type: 'im' });
  await driver.post('home', { user: SENDER });
  expect(await next()).toMatchObject({ type: 'app_home_opened', user: SENDER, tab: 'home', channel: 'D0SENDER1' });
  await app.stop();
  await sandbox.close();
});
