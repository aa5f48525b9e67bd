import { ACCOUNT, ANA, BEN, CLINIC, SERVICE, connect, eventually, openSandbox } from './support';
import type { Sandbox } from './support';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await openSandbox()));
afterEach(() => sandbox.close());

describe('a message is created', () => {
  test('the answer is the whole resource, still queued, and the phone receives the text', async () => {
    const message = await sandbox.send(ANA, 'Your appointment is tomorrow.');
    expect(message).toMatchObject({
      accountSid: ACCOUNT,
      apiVersion: '2010-04-01',
      body: 'Your appointment is tomorrow.',
      dateSent: null,
      direction: 'outbound-api',
      errorCode: null,
      errorMessage: null,
      from: CLINIC,
      messagingServiceSid: null,
      numMedia: '0',
      numSegments: '1',
      status: 'queued',
      to: ANA,
    });
    expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(message.uri).toBe(`/2010-04-01/Accounts/${ACCOUNT}/Messages/${message.sid}.json`);
    expect(message.dateCreated.toISOString()).toMatch(/^2026-03-03T15:00:0/);
    await eventually(async () => {
      const { texts } = await sandbox.phone(ANA);
      expect(texts).toMatchObject([{ sid: message.sid, direction: 'in', body: 'Your appointment is tomorrow.' }]);
    });
    const fetched = await sandbox.client.messages(message.sid).fetch();
    expect(fetched.status).toBe('delivered');
    expect(fetched.dateSent.toISOString()).toMatch(/^2026-03-03T15:00:0/);
  });

  test('through a Messaging Service it is accepted, and has no sender and no segments yet', async () => {
    const more = { from: undefined, messagingServiceSid: SERVICE };
    const message = await sandbox.send(ANA, 'Hello', more);
    expect(message).toMatchObject({ status: 'accepted', from: null, numSegments: '0', messagingServiceSid: SERVICE });
    await eventually(async () => {
      const fetched = await sandbox.client.messages(message.sid).fetch();
      expect(fetched).toMatchObject({ status: 'delivered', from: CLINIC, numSegments: '1' });
    });
  });

  test('a number is taken with its punctuation and without its country', async () => {
    expect((await sandbox.send('(512) 555-0111', 'Hello')).to).toBe(ANA);
  });

  test.each([
    ['plain GSM-7 of 160', 'a'.repeat(160), '1'],
    ['plain GSM-7 of 161', 'a'.repeat(161), '2'],
    ['GSM-7 of 306 and one more', 'é'.repeat(307), '3'],
    ['extension characters, two septets each', '€'.repeat(81), '2'],
    ['UCS-2 of 70', 'ç'.repeat(70), '1'],
    ['UCS-2 of 71', `${'a'.repeat(70)}ç`, '2'],
    ['71 emoji', '😀'.repeat(71), '3'],
  ])('segments: %s', async (_name, body, segments) => {
    expect((await sandbox.send(ANA, body)).numSegments).toBe(segments);
  });

  test('smart encoding replaces what has a plain equivalent', async () => {
    const body = `${'a'.repeat(100)}’`;
    expect((await sandbox.send(ANA, body)).numSegments).toBe('2');
    expect((await sandbox.send(ANA, body, { smartEncoded: true })).numSegments).toBe('1');
  });
});

describe('a message is refused', () => {
  test.each([
    ['no sender', { from: undefined }, 21603],
    ['a sender that is no number', { from: 'x!' }, 21212],
    ["somebody else's number", { from: '+15125559999' }, 21606],
    ['a magic sender: not valid', { from: '+15005550001' }, 21212],
    ['a magic sender: not owned', { from: '+15005550007' }, 21606],
    ['a magic sender: full queue', { from: '+15005550008' }, 21611],
    ['an unknown Messaging Service', { messagingServiceSid: `MG${'9'.repeat(32)}` }, 21705],
    ['no recipient', { to: '' }, 21604],
    ['a recipient that is no number', { to: 'Ana' }, 21211],
    ['an American number that cannot be', { to: '+15121550111' }, 21211],
    ['the clinic itself', { to: CLINIC }, 21266],
    ['a country that is not enabled', { to: '+447700900123' }, 21408],
    ['a magic number: invalid', { to: '+15005550001' }, 21211],
    ['a magic number: cannot be routed', { to: '+15005550002' }, 21612],
    ['a magic number: region', { to: '+15005550003' }, 21408],
    ['a magic number: opted out', { to: '+15005550004' }, 21610],
    ['a magic number: not a mobile', { to: '+15005550009' }, 21614],
    ['no text', { body: '' }, 21602],
    ['a text that is too long', { body: 'a'.repeat(1601) }, 21617],
    ['a validity of nothing', { validityPeriod: 0 }, 20001],
    ['a validity of more than ten hours', { validityPeriod: 36_001 }, 20001],
    ['a status callback that is no address', { statusCallback: 'localhost' }, 21609],
    ['a picture that is no address', { mediaUrl: ['picture.png'] }, 21620],
    ['eleven pictures', { mediaUrl: Array<string>(11).fill('https://example.com/a.png') }, 21623],
  ])('%s', async (_name, params, code) => {
    await expect(sandbox.send(ANA, 'Hello', params)).rejects.toMatchObject({
      status: 400,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(await sandbox.records()).toEqual([]);
  });

  test('a phone that is known to be no number', async () => {
    await sandbox.control('POST', 'phone', { number: ANA, kind: 'invalid' });
    await expect(sandbox.send(ANA, 'Hello')).rejects.toMatchObject({ code: 21211 });
  });

  test('a wrong password, a wrong account, an unknown resource', async () => {
    const wrongToken = connect(sandbox.address, ACCOUNT, 'wrong');
    const create = { to: ANA, from: CLINIC, body: 'Hello' };
    await expect(wrongToken.messages.create(create)).rejects.toMatchObject({ status: 401, code: 20003 });
    const other = sandbox.client.api.v2010.accounts(`AC${'9'.repeat(32)}`);
    await expect(other.messages.create(create)).rejects.toMatchObject({ status: 404, code: 20404 });
    const unknown = sandbox.client.messages(`SM${'9'.repeat(32)}`);
    await expect(unknown.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  test('a queue that is full: at once for a number, later for a Messaging Service', async () => {
    await sandbox.set({ rate: 0.1, queueLimit: 2 });
    for (const to of [ANA, BEN, ANA]) await sandbox.send(to, 'Hello');
    await expect(sandbox.send(ANA, 'Hello')).rejects.toMatchObject({ code: 21611 });
    const message = await sandbox.send(ANA, 'Hello', { from: undefined, messagingServiceSid: SERVICE });
    expect(await sandbox.client.messages(message.sid).fetch()).toMatchObject({ status: 'failed', errorCode: 30001 });
  });
});
