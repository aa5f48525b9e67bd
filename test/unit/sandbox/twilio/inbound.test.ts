import { ACCOUNT, ANA, BEN, CLINIC, SERVICE, TOKEN, eventually, openSandbox } from './support';
import type { Sandbox } from './support';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await openSandbox()));
afterEach(() => sandbox.close());

const received = async (): Promise<string[]> =>
  (await sandbox.phone(ANA)).texts.filter((text) => text.direction === 'in').map((text) => text.body);

test('a text is told to the app, signed, and stands in the list', async () => {
  const { sid, webhookStatus } = await sandbox.texts(ANA, 'Can I come at 3? ñ & +');
  expect(webhookStatus).toBe(200);
  const [delivery] = sandbox.app.deliveries;
  expect(delivery).toMatchObject({
    path: '/sms',
    signed: true,
    params: {
      AccountSid: ACCOUNT,
      MessageSid: sid,
      SmsMessageSid: sid,
      SmsSid: sid,
      MessagingServiceSid: SERVICE,
      From: ANA,
      To: CLINIC,
      Body: 'Can I come at 3? ñ & +',
      NumMedia: '0',
      NumSegments: '1',
      FromCountry: 'US',
    },
  });
  expect(delivery?.headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f-]{36}$/);
  const [message] = await sandbox.client.messages.list({ to: CLINIC });
  expect(message).toMatchObject({ sid, direction: 'inbound', status: 'received', from: ANA });
  expect((await sandbox.phone(ANA)).texts).toMatchObject([{ direction: 'out', body: 'Can I come at 3? ñ & +' }]);
});

test('an app that is down is tried twice; the message is in the list all the same', async () => {
  let calls = 0;
  sandbox.app.answer = (req) => {
    calls += 1;
    req.socket.destroy();
  };
  const { sid, webhookStatus } = await sandbox.texts(ANA, 'Hello?');
  expect(webhookStatus).toBe(0);
  expect(calls).toBe(2);
  expect((await sandbox.client.messages(sid).fetch()).body).toBe('Hello?');
  expect(await sandbox.control('GET', 'alerts')).toMatchObject([{ code: 11200 }]);
});

test('an app that hangs is given up; the fragment says when', async () => {
  sandbox.app.answer = () => undefined;
  await sandbox.control('POST', 'number', { smsUrl: `${sandbox.app.address}/sms#rt=200` });
  expect((await sandbox.texts(ANA, 'Hello?')).webhookStatus).toBe(0);
  expect(sandbox.app.deliveries).toHaveLength(1);
});

test('an error goes to the fallback address', async () => {
  sandbox.app.answer = (req, res) => res.writeHead(req.url === '/sms' ? 503 : 204).end();
  const [number] = await sandbox.client.incomingPhoneNumbers.list();
  const { sid } = number ?? { sid: '' };
  await sandbox.client.incomingPhoneNumbers(sid).update({ smsFallbackUrl: `${sandbox.app.address}/fallback` });
  expect((await sandbox.texts(ANA, 'Hello?')).webhookStatus).toBe(204);
  expect(sandbox.app.deliveries.map((delivery) => delivery.path)).toEqual(['/sms', '/fallback']);
  expect(sandbox.app.deliveries[1]?.params['ErrorCode']).toBe('11200');
});

describe('the answer is carried out', () => {
  test.each([
    ['text in Message', '<?xml version="1.0"?><Response><Message> Tom &amp; Ana </Message></Response>', ['Tom & Ana']],
    ['text in Body', '<Response><Message><Body>One</Body></Message><Message>Two</Message></Response>', ['One', 'Two']],
    ['CDATA and a comment', '<Response><!-- x --><Message><![CDATA[a < b]]></Message></Response>', ['a < b']],
    ['an empty Response', '<Response></Response>', []],
  ])('TwiML: %s', async (_name, xml, texts) => {
    sandbox.app.answerWith('text/xml; charset=utf-8', xml);
    await sandbox.texts(ANA, 'Hello');
    await eventually(async () => expect(await received()).toEqual(texts));
    const replies = (await sandbox.records()).filter((record) => record.direction === 'outbound-reply');
    expect(replies.map((reply) => reply.body)).toEqual(texts);
  });

  test('to somebody else, and with a status callback', async () => {
    const callback = `${sandbox.app.address}/status?id=1&amp;b=2`;
    sandbox.app.answerWith(
      'application/xml',
      `<Response><Message to="${BEN}" statusCallback="${callback}">Hi</Message></Response>`,
    );
    await sandbox.texts(ANA, 'Hello');
    await eventually(() => expect(sandbox.app.statuses()).toContain('delivered'));
    expect(sandbox.app.deliveries[1]).toMatchObject({ path: '/status?id=1&b=2', signed: true });
    expect((await sandbox.phone(BEN)).texts).toMatchObject([{ body: 'Hi' }]);
  });

  test('plain text is a reply in itself', async () => {
    sandbox.app.answerWith('text/plain', 'OK');
    await sandbox.texts(ANA, 'Hello');
    await eventually(async () => expect(await received()).toEqual(['OK']));
  });

  test.each([
    ['text/xml', '<Response><Message>a & b</Message></Response>', 12100],
    ['text/xml', '<Response><Message>open</Response>', 12100],
    ['text/xml', '<Answer/>', 12100],
    ['application/json', '{}', 12300],
  ])('what is not TwiML does nothing and raises an alert (%s %s)', async (type, body, code) => {
    sandbox.app.answerWith(type, body);
    await sandbox.texts(ANA, 'Hello');
    expect(await sandbox.control('GET', 'alerts')).toMatchObject([{ code }]);
    expect(await sandbox.records()).toHaveLength(1);
  });
});

describe('STOP, START and HELP', () => {
  test.each(['STOP', ' stop ', 'StopAll', 'unsubscribe', 'CANCEL', 'End', 'quit', 'revoke', 'optout'])(
    '%s ends texting',
    async (word) => {
      await sandbox.texts(ANA, word);
      expect(sandbox.app.deliveries[0]?.params).toMatchObject({ Body: word, OptOutType: 'STOP' });
      expect((await sandbox.phone(ANA)).optedOut).toBe(true);
      expect(await received()).toEqual([expect.stringContaining('unsubscribed')]);
      await expect(sandbox.send(ANA, 'Hello')).rejects.toMatchObject({ status: 400, code: 21610 });
    },
  );

  test.each(['stop it', 'STOP.', 'please stop', 'ALTO'])('%s does not', async (words) => {
    await sandbox.texts(ANA, words);
    expect(sandbox.app.deliveries[0]?.params).not.toHaveProperty('OptOutType');
    await sandbox.send(ANA, 'Hello');
  });

  test.each(['START', 'yes', 'Unstop'])('%s opts back in whoever was out', async (word) => {
    await sandbox.texts(ANA, 'STOP');
    await sandbox.texts(ANA, word);
    expect(sandbox.app.deliveries[1]?.params['OptOutType']).toBe('START');
    expect((await sandbox.phone(ANA)).optedOut).toBe(false);
    expect((await received())[1]).toContain('re-subscribed');
    await sandbox.send(ANA, 'Hello');
  });

  test('YES is an ordinary answer of somebody who is not out', async () => {
    await sandbox.texts(ANA, 'YES');
    expect(sandbox.app.deliveries[0]?.params).not.toHaveProperty('OptOutType');
    expect(await received()).toEqual([]);
  });

  test('HELP is answered, and told', async () => {
    await sandbox.texts(ANA, 'help');
    expect(sandbox.app.deliveries[0]?.params['OptOutType']).toBe('HELP');
    expect(await received()).toEqual([expect.stringContaining('Reply STOP')]);
  });

  test('a TwiML reply to somebody who just said STOP is not delivered', async () => {
    sandbox.app.answerWith('text/xml', '<Response><Message>Sorry to see you go</Message></Response>');
    await sandbox.texts(ANA, 'STOP');
    await eventually(async () => expect((await sandbox.records()).at(-1)).toMatchObject({ errorCode: 21610 }));
    expect(await received()).toHaveLength(1);
  });

  test('all of it can be turned off', async () => {
    await sandbox.set({ optOutHandling: false });
    await sandbox.texts(ANA, 'STOP');
    expect(sandbox.app.deliveries[0]?.params).not.toHaveProperty('OptOutType');
    await sandbox.send(ANA, 'Hello');
  });
});

describe('pictures', () => {
  const picture = { contentType: 'image/png', base64: Buffer.from('not really a picture').toString('base64') };

  test('of a patient: fetched by the webhook address with the password, listed, shown on the phone', async () => {
    const { sid } = await sandbox.texts(ANA, 'My rash', [picture]);
    expect(sid).toMatch(/^MM/);
    const params = sandbox.app.deliveries[0]?.params ?? {};
    expect(params).toMatchObject({ NumMedia: '1', MediaContentType0: 'image/png' });
    const url = params['MediaUrl0'] ?? '';
    expect((await fetch(url)).status).toBe(401);
    const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;
    const content = await fetch(url, { headers: { authorization } });
    expect(content.headers.get('content-type')).toBe('image/png');
    expect(await content.text()).toBe('not really a picture');
    const [media] = await sandbox.client.messages(sid).media.list();
    expect(media).toMatchObject({ contentType: 'image/png', parentSid: sid });
    const [shown] = (await sandbox.phone(ANA)).texts;
    expect(await (await fetch(shown?.mediaUrls[0] ?? '')).text()).toBe('not really a picture');
  });

  test('of the clinic: the phone shows the address', async () => {
    const mediaUrl = ['https://example.com/map.png', 'https://example.com/form.pdf'];
    const { sid } = await sandbox.send(ANA, '', { mediaUrl });
    expect(sid).toMatch(/^MM/);
    await eventually(async () => expect((await sandbox.phone(ANA)).texts).toMatchObject([{ mediaUrls: mediaUrl }]));
    const media = await sandbox.client.messages(sid).media.list();
    expect(media.map((item) => item.contentType)).toEqual(['image/png', 'application/pdf']);
  });

  test('deleting the message deletes them', async () => {
    const { sid } = await sandbox.texts(ANA, 'My rash', [picture]);
    const [shown] = (await sandbox.phone(ANA)).texts;
    await sandbox.client.messages(sid).remove();
    expect((await fetch(shown?.mediaUrls[0] ?? '')).status).toBe(404);
  });
});
