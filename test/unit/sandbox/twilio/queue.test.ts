import { ANA, BEN, SERVICE, eventually, openSandbox } from './support';
import type { Sandbox } from './support';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

const later = (clock: Sandbox['clock'], ms: number): void => clock.moveTo(new Date(clock.now().getTime() + ms));
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('the queue drains at the rate, counted in segments', async () => {
  sandbox = await openSandbox({ rate: 20 });
  const started = Date.now();
  for (let n = 0; n < 4; n += 1) await sandbox.send(ANA, 'a'.repeat(320));
  await eventually(async () => expect((await sandbox.phone(ANA)).texts).toHaveLength(4));
  // Twelve segments; the last message goes when the nine before it have had their time, less the slack.
  expect(Date.now() - started).toBeGreaterThanOrEqual(380);
  expect(Date.now() - started).toBeLessThan(1500);
});

test('what still waits when its validity ends is dropped, and never reaches the phone', async () => {
  sandbox = await openSandbox({ rate: 1 });
  const statusCallback = `${sandbox.app.address}/status`;
  await sandbox.send(BEN, 'first', { validityPeriod: 60 });
  const doomed = await sandbox.send(ANA, 'late', { validityPeriod: 60, statusCallback });
  const patient = await sandbox.send(ANA, 'still fine', { validityPeriod: 36_000 });
  later(sandbox.clock, 60_000);
  await eventually(() => expect(sandbox.app.statuses()).toEqual(['failed']));
  expect(sandbox.app.deliveries[0]?.params).toMatchObject({ MessageSid: doomed.sid, ErrorCode: '30036' });
  expect(await sandbox.client.messages(doomed.sid).fetch()).toMatchObject({ status: 'failed', errorCode: 30036 });
  await eventually(async () => expect((await sandbox.phone(ANA)).texts).toHaveLength(1));
  expect((await sandbox.phone(ANA)).texts[0]?.sid).toBe(patient.sid);
});

test('validity ends by itself, too, while the queue is slow', async () => {
  sandbox = await openSandbox({ rate: 0.2 });
  await sandbox.send(BEN, 'first');
  const doomed = await sandbox.send(ANA, 'late', { validityPeriod: 1 });
  await eventually(async () =>
    expect(await sandbox.client.messages(doomed.sid).fetch()).toMatchObject({ status: 'failed', errorCode: 30036 }),
  );
});

test('a faster rate takes effect at once', async () => {
  sandbox = await openSandbox({ rate: 0.01 });
  for (const to of [BEN, ANA]) await sandbox.send(to, 'Hello');
  await wait(50);
  expect((await sandbox.phone(ANA)).texts).toEqual([]);
  await sandbox.set({ rate: 0 });
  await eventually(async () => expect((await sandbox.phone(ANA)).texts).toHaveLength(1));
});

test('delivery comes its time after sending', async () => {
  sandbox = await openSandbox({ deliveryMs: 150 });
  const { sid } = await sandbox.send(ANA, 'Hello');
  await eventually(async () => expect((await sandbox.client.messages(sid).fetch()).status).toBe('sent'));
  await eventually(async () => expect((await sandbox.client.messages(sid).fetch()).status).toBe('delivered'));
});

test('STOP also ends what is already queued', async () => {
  sandbox = await openSandbox({ rate: 0.01 });
  await sandbox.send(BEN, 'first');
  const { sid } = await sandbox.send(ANA, 'Hello');
  await sandbox.texts(ANA, 'STOP');
  await sandbox.set({ rate: 0 });
  await eventually(async () =>
    expect(await sandbox.client.messages(sid).fetch()).toMatchObject({ status: 'failed', errorCode: 21610 }),
  );
});

test('a scheduled message waits for its time, and can be canceled', async () => {
  sandbox = await openSandbox();
  const at = (minutes: number): Record<string, unknown> => ({
    from: undefined,
    messagingServiceSid: SERVICE,
    scheduleType: 'fixed',
    sendAt: new Date(sandbox.clock.now().getTime() + minutes * 60_000),
  });
  await expect(sandbox.send(ANA, 'too soon', at(4))).rejects.toMatchObject({ code: 35114 });
  const kept = await sandbox.send(ANA, 'kept', at(10));
  const dropped = await sandbox.send(ANA, 'dropped', at(10));
  expect(kept.status).toBe('scheduled');
  expect((await sandbox.client.messages(dropped.sid).update({ status: 'canceled' })).status).toBe('canceled');
  later(sandbox.clock, 10 * 60_000);
  await eventually(async () => expect((await sandbox.phone(ANA)).texts).toMatchObject([{ body: 'kept' }]));
});
