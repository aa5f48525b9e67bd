import { request } from 'node:http';
import type { SandboxPhone } from '../../../../src/sandbox/contract';
import { ACCOUNT, ANA, BEN, CLINIC, eventually, openSandbox } from './support';
import type { Sandbox } from './support';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await openSandbox()));
afterEach(() => sandbox.close());

test('phones: the one that texted last comes first, named ones are there, and a limit cuts', async () => {
  await sandbox.control('POST', 'phone', { number: '+15125550133', kind: 'landline' });
  await sandbox.texts(BEN, 'one');
  await sandbox.texts(ANA, 'two');
  await sandbox.texts(BEN, 'three');
  const phones = await sandbox.control<SandboxPhone[]>('GET', 'phones');
  expect(phones.map((phone) => phone.number)).toEqual([BEN, ANA, '+15125550133']);
  expect(phones[0]?.texts.map((text) => text.body)).toEqual(['one', 'three']);
  expect(phones[2]).toEqual({ number: '+15125550133', kind: 'landline', optedOut: false, texts: [] });
  expect(await sandbox.control('GET', 'phones?limit=1')).toHaveLength(1);
});

test('phones: q looks in numbers and in texts, before the limit cuts', async () => {
  await sandbox.texts(BEN, 'Is there Parking?');
  await sandbox.texts(ANA, 'two');
  const numbers = async (q: string): Promise<string[]> =>
    (await sandbox.control<SandboxPhone[]>('GET', `phones?limit=1&q=${encodeURIComponent(q)}`)).map(
      ({ number }) => number,
    );
  expect(await numbers('parking')).toEqual([BEN]);
  expect(await numbers(`(${BEN.slice(2, 5)}) ${BEN.slice(5, 8)}-${BEN.slice(8)}`)).toEqual([BEN]);
  expect(await numbers('two')).toEqual([ANA]);
  expect(await numbers('nobody wrote this')).toEqual([]);
});

test('records: newest last, by number and by count', async () => {
  const { sid } = await sandbox.send(ANA, 'Hello', { validityPeriod: 600 });
  await sandbox.texts(BEN, 'Hi');
  await eventually(async () => {
    const [first] = await sandbox.records();
    expect(first).toMatchObject({
      sid,
      direction: 'outbound-api',
      from: CLINIC,
      to: ANA,
      body: 'Hello',
      status: 'delivered',
      errorCode: null,
      numSegments: 1,
      statusCallback: null,
      validityPeriod: 600,
    });
    expect(first?.deliveredAt).toMatch(/^2026-03-03T15:00:/);
  });
  expect(await sandbox.control('GET', `messages?from=${encodeURIComponent(BEN)}`)).toHaveLength(1);
  expect(await sandbox.control('GET', 'messages?limit=1')).toMatchObject([{ direction: 'inbound' }]);
  expect(await sandbox.control('GET', 'summary')).toMatchObject({
    messages: 2,
    byStatus: { delivered: 1, received: 1 },
    queuedSegments: 0,
  });
});

test('what is misspelt is refused', async () => {
  const cases: [string, unknown][] = [
    ['settings', { rat: 1 }],
    ['settings', { rate: 'fast' }],
    ['settings', { rate: -1 }],
    ['phone', { number: 'Ana' }],
    ['phone', { number: ANA, kind: 'tablet' }],
    ['text', { from: ANA }],
    ['text', { from: ANA, body: '', media: [{}] }],
    ['number', { smsUrl: 'here' }],
    ['faults', { method: '*', times: 0, fault: { kind: 'hang' } }],
  ];
  for (const [path, body] of cases) await expect(sandbox.control('POST', path, body)).rejects.toThrow('400');
  await expect(sandbox.control('GET', 'nothing')).rejects.toThrow('404');
});

test('the stream tells of changes, many at once as one', async () => {
  let heard = '';
  const stream = request(`${sandbox.address}/twilio/control/stream`, (res) => {
    res.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  });
  stream.on('error', () => undefined);
  stream.end();
  await eventually(() => expect(heard).toContain('open'));
  for (let n = 0; n < 5; n += 1) await sandbox.texts(ANA, 'Hello');
  await eventually(() => expect(heard).toContain('event: changed\ndata: {}\n\n'));
  expect(heard.match(/event: changed/g)?.length).toBeLessThanOrEqual(2);
  stream.destroy();
});

test('the account, its balance and its number can be read, and the webhook be set', async () => {
  const { client, app } = sandbox;
  expect(await client.api.v2010.accounts(ACCOUNT).fetch()).toMatchObject({ status: 'active', sid: ACCOUNT });
  expect(await client.balance.fetch()).toMatchObject({ currency: 'USD' });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: CLINIC });
  expect(number).toMatchObject({ phoneNumber: CLINIC, smsUrl: `${app.address}/sms`, smsMethod: 'POST' });
  expect(number?.capabilities.sms).toBe(true);
  expect(await client.incomingPhoneNumbers.list({ phoneNumber: ANA })).toEqual([]);
  await client.incomingPhoneNumbers(number?.sid ?? '').update({ smsUrl: `${app.address}/other` });
  await sandbox.texts(ANA, 'Hello');
  expect(app.deliveries[0]?.path).toBe('/other');
  const wrong = client.incomingPhoneNumbers(number?.sid ?? '').update({ smsUrl: 'here' });
  await expect(wrong).rejects.toMatchObject({ status: 400 });
});
