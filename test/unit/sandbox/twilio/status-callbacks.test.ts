import { ANA, BEN, CLINIC, SERVICE, eventually, openSandbox } from './support';
import type { Sandbox } from './support';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await openSandbox()));
afterEach(() => sandbox.close());

const send = (more: Record<string, unknown> = {}, path = '/status?attempt=7&x=a%20b'): ReturnType<Sandbox['send']> =>
  sandbox.send(ANA, 'Hello', { statusCallback: sandbox.app.address + path, ...more });

test('every status but the first is told, in order, signed over the exact address', async () => {
  const { sid } = await send();
  await eventually(() => expect(sandbox.app.statuses()).toEqual(['sending', 'sent', 'delivered']));
  expect(sandbox.app.deliveries.every((delivery) => delivery.signed)).toBe(true);
  expect(sandbox.app.deliveries.map((delivery) => delivery.path)).toEqual(Array(3).fill('/status?attempt=7&x=a%20b'));
  const last = sandbox.app.deliveries[2]?.params;
  expect(last).toMatchObject({ MessageSid: sid, SmsSid: sid, SmsStatus: 'delivered', From: CLINIC, To: ANA });
  expect(last?.['RawDlrDoneDate']).toBe('2603031500');
  expect(last).not.toHaveProperty('ErrorCode');
});

test('through a Messaging Service, queued is told as well', async () => {
  await send({ from: undefined, messagingServiceSid: SERVICE });
  await eventually(() => expect(sandbox.app.statuses()).toEqual(['queued', 'sending', 'sent', 'delivered']));
  expect(sandbox.app.deliveries[0]?.params['MessagingServiceSid']).toBe(SERVICE);
});

test.each([
  ['landline', '30006'],
  ['unreachable', '30003'],
  ['blocked', '30004'],
])('a %s phone is not reached, and the code says why', async (kind, code) => {
  await sandbox.control('POST', 'phone', { number: ANA, kind });
  const { sid } = await send();
  await eventually(() => expect(sandbox.app.statuses()).toEqual(['sending', 'sent', 'undelivered']));
  expect(sandbox.app.deliveries[2]?.params['ErrorCode']).toBe(code);
  expect((await sandbox.phone(ANA)).texts).toEqual([]);
  const fetched = await sandbox.client.messages(sid).fetch();
  expect(fetched).toMatchObject({ status: 'undelivered', errorCode: Number(code) });
  expect(fetched.errorMessage).not.toBeNull();
});

test('repeated when asked', async () => {
  await sandbox.set({ callbackCopies: 2 });
  await send();
  const twice = ['sending', 'sending', 'sent', 'sent', 'delivered', 'delivered'];
  await eventually(() => expect(sandbox.app.statuses()).toEqual(twice));
});

test('backwards when asked', async () => {
  await sandbox.set({ callbacksShuffled: true });
  await send();
  await eventually(() => expect(sandbox.app.statuses()).toEqual(['delivered', 'sent', 'sending']));
});

test('not at all when asked, and without `sending` when asked', async () => {
  await sandbox.set({ callbacksOff: true });
  await send();
  await sandbox.set({ callbacksOff: false, sendingCallbacks: false });
  await eventually(async () => expect((await sandbox.records())[0]?.status).toBe('delivered'));
  await sandbox.send(BEN, 'Hello', { statusCallback: `${sandbox.app.address}/status` });
  await eventually(() => expect(sandbox.app.statuses()).toEqual(['sent', 'delivered']));
  expect(sandbox.app.deliveries.every((delivery) => delivery.params['To'] === BEN)).toBe(true);
});

test('a lost connection is tried once more, an error answer is not', async () => {
  let calls = 0;
  sandbox.app.answer = (req, res) => {
    calls += 1;
    if (calls === 1) req.socket.destroy();
    else res.writeHead(500).end();
  };
  await sandbox.set({ sendingCallbacks: false });
  await send();
  await eventually(() => expect(sandbox.app.statuses()).toEqual(['sent', 'sent', 'delivered']));
});

test('the fragment sets how often and on what it is repeated, and is not part of the call', async () => {
  sandbox.app.answerWith('text/plain', 'no', 500);
  await sandbox.set({ sendingCallbacks: false });
  await send({}, '/status?a=1#rc=2&rp=5xx');
  const thrice = [...Array<string>(3).fill('sent'), ...Array<string>(3).fill('delivered')];
  await eventually(() => expect(sandbox.app.statuses()).toEqual(thrice));
  expect(new Set(sandbox.app.deliveries.map(({ path, signed }) => `${path} ${signed}`))).toEqual(
    new Set(['/status?a=1 true']),
  );
});
