import { ANA, eventually, openSandbox } from './support';
import type { Sandbox } from './support';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await openSandbox()));
afterEach(() => sandbox.close());

const created = async (): Promise<number> => (await sandbox.records()).length;

test('429: refused with the time to wait, as often as ordered, and only that operation', async () => {
  await sandbox.fault('messages.create', { kind: '429', retryAfterSeconds: 7 }, 2);
  for (let n = 0; n < 2; n += 1) {
    await expect(sandbox.send(ANA, 'Hello')).rejects.toMatchObject({ status: 429, code: 20429 });
    expect(sandbox.client.httpClient.lastResponse?.headers).toMatchObject({ 'retry-after': '7' });
  }
  expect(await sandbox.client.messages.list()).toEqual([]);
  await sandbox.send(ANA, 'Hello');
  expect(await created()).toBe(1);
});

test('500: nothing is carried out', async () => {
  await sandbox.fault('*', { kind: '500' });
  await expect(sandbox.send(ANA, 'Hello')).rejects.toMatchObject({ status: 500 });
  expect(await created()).toBe(0);
});

test('drop before: nothing is carried out; drop after: the message is on its way', async () => {
  await sandbox.fault('messages.create', { kind: 'drop_before' });
  await expect(sandbox.send(ANA, 'Hello')).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(await created()).toBe(0);
  await sandbox.fault('messages.create', { kind: 'drop_after' });
  await expect(sandbox.send(ANA, 'Hello')).rejects.toThrow(/socket hang up|ECONNRESET/);
  await eventually(async () => expect((await sandbox.phone(ANA)).texts).toHaveLength(1));
});

test('hang: no answer, nothing carried out', async () => {
  await sandbox.fault('messages.list', { kind: 'hang' });
  sandbox.client.httpClient.defaultTimeout = 200;
  await expect(sandbox.client.messages.list()).rejects.toThrow(/timeout/);
  expect(await sandbox.client.messages.list()).toEqual([]);
});

test('faults end when told, and a misspelt one is refused', async () => {
  await sandbox.fault('*', { kind: '500' }, 10);
  await sandbox.control('DELETE', 'faults');
  await sandbox.send(ANA, 'Hello');
  await expect(sandbox.control('POST', 'faults', { method: '*', fault: { kind: '404' }, times: 1 })).rejects.toThrow(
    '400',
  );
});

test('latency is added before the answer', async () => {
  await sandbox.set({ latencyMs: 120 });
  const started = Date.now();
  await sandbox.send(ANA, 'Hello');
  expect(Date.now() - started).toBeGreaterThanOrEqual(115);
});
