import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MOST_MEDIA_BYTES } from '../../../src/domain/media';
import { downloadMedia } from '../../../src/twilio/media';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
const seen: { path: string; authorization: string | undefined }[] = [];

const serve = async (answer: Answer): Promise<string> => {
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const accessTo = (apiUrl: string) => ({ accountSid: 'AC1', authToken: 'secret', apiUrl });
const basic = `Basic ${Buffer.from('AC1:secret').toString('base64')}`;

afterEach(async () => {
  seen.length = 0;
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

test('the credentials go to Twilio, and not on to where it keeps the picture', async () => {
  const store = await serve((_, response) => response.setHeader('content-type', 'image/png').end('png'));
  const twilio = await serve((_, response) => response.writeHead(307, { location: `${store}/kept` }).end());
  const media = await downloadMedia(accessTo(twilio), `${twilio}/Media/ME1`);
  expect(media).toEqual({ kind: 'media', content: Buffer.from('png'), contentType: 'image/png' });
  expect(seen).toEqual([
    { path: '/Media/ME1', authorization: basic },
    { path: '/kept', authorization: undefined },
  ]);
});

test('somebody else’s address that stands for Twilio’s is asked for what Twilio’s address names', async () => {
  const twilio = await serve((_, response) => response.setHeader('content-type', 'image/gif').end('gif'));
  await downloadMedia(accessTo(`${twilio}/twilio`), 'https://api.twilio.com/2010-04-01/Media/ME1');
  expect(seen).toEqual([{ path: '/twilio/2010-04-01/Media/ME1', authorization: basic }]);
});

test.each([
  'https://evil.example/Media/ME1',
  'http://169.254.169.254/latest',
  'file:///etc/passwd',
  'data:image/png,x',
])('%s is not asked', async (address) => {
  const gone = { kind: 'gone', why: 'its address is not Twilio’s' };
  expect(await downloadMedia(accessTo('https://api.twilio.com'), address)).toEqual(gone);
  const twilio = await serve((_, response) => response.writeHead(302, { location: address }).end());
  expect((await downloadMedia(accessTo(twilio), `${twilio}/Media/ME1`)).kind).toMatch(/gone|later/);
  expect(seen).toHaveLength(1);
});

test.each([
  ['says so', { 'content-length': String(MOST_MEDIA_BYTES + 1) }],
  ['does not', {}],
])('what is too large is not read to its end when Twilio %s', async (_, headers) => {
  const twilio = await serve((_request, response) => {
    response.writeHead(200, headers);
    const piece = Buffer.alloc(1024 * 1024);
    const more = (): boolean => response.write(piece, () => !response.destroyed && more());
    more();
  });
  expect(await downloadMedia(accessTo(twilio), `${twilio}/ME1`)).toEqual({ kind: 'gone', why: 'it is too large' });
});

test.each([404, 410])('%i: it is gone', async (status) => {
  const twilio = await serve((_, response) => response.writeHead(status).end());
  expect((await downloadMedia(accessTo(twilio), `${twilio}/ME1`)).kind).toBe('gone');
});

test.each([401, 429, 500, 503])('%i: it is asked for again later', async (status) => {
  const twilio = await serve((_, response) => response.writeHead(status).end());
  expect(await downloadMedia(accessTo(twilio), `${twilio}/ME1`)).toEqual({ kind: 'later' });
});
