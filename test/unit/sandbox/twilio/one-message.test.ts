import { ANA, BEN, eventually, openSandbox } from './support';
import type { Sandbox } from './support';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

const settle = (sid: string, status: string): Promise<void> =>
  eventually(async () => expect((await sandbox.client.messages(sid).fetch()).status).toBe(status));

test('a queued message can be canceled and never arrives; a delivered one cannot', async () => {
  sandbox = await openSandbox({ rate: 0.01 });
  const first = await sandbox.send(BEN, 'first');
  const second = await sandbox.send(ANA, 'second', { statusCallback: `${sandbox.app.address}/status` });
  await settle(first.sid, 'delivered');
  expect((await sandbox.client.messages(second.sid).update({ status: 'canceled' })).status).toBe('canceled');
  await eventually(() => expect(sandbox.app.statuses()).toEqual(['canceled']));
  await sandbox.set({ rate: 0 });
  const third = await sandbox.send(BEN, 'third');
  await settle(third.sid, 'delivered');
  expect((await sandbox.phone(ANA)).texts).toEqual([]);
  await expect(sandbox.client.messages(first.sid).update({ status: 'canceled' })).rejects.toMatchObject({
    status: 409,
    code: 30409,
  });
});

test('only scheduled messages can be canceled when that is set', async () => {
  sandbox = await openSandbox({ rate: 0.01, cancelOnlyScheduled: true });
  await sandbox.send(BEN, 'first');
  const { sid } = await sandbox.send(ANA, 'second');
  await expect(sandbox.client.messages(sid).update({ status: 'canceled' })).rejects.toMatchObject({ code: 30409 });
});

test('redaction empties the record, not the phone, and needs a finished message', async () => {
  sandbox = await openSandbox({ rate: 0.01 });
  const first = await sandbox.send(ANA, 'Your results are in.');
  const waiting = await sandbox.send(BEN, 'second');
  await settle(first.sid, 'delivered');
  expect((await sandbox.client.messages(first.sid).update({ body: '' })).body).toBe('');
  expect((await sandbox.client.messages(first.sid).fetch()).body).toBe('');
  expect((await sandbox.phone(ANA)).texts[0]?.body).toBe('Your results are in.');
  const { messages } = sandbox.client;
  await expect(messages(waiting.sid).update({ body: '' })).rejects.toMatchObject({ status: 409, code: 20009 });
  await expect(messages(first.sid).update({ body: 'other' })).rejects.toMatchObject({ status: 400 });
});

test('deletion needs a finished message too, and leaves nothing to fetch or list', async () => {
  sandbox = await openSandbox({ rate: 0.01 });
  const first = await sandbox.send(ANA, 'first');
  const waiting = await sandbox.send(ANA, 'second');
  await settle(first.sid, 'delivered');
  expect(await sandbox.client.messages(first.sid).remove()).toBe(true);
  await expect(sandbox.client.messages(first.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  expect((await sandbox.client.messages.list()).map((message) => message.sid)).toEqual([waiting.sid]);
  await expect(sandbox.client.messages(waiting.sid).remove()).rejects.toMatchObject({ code: 20009 });
});
