import { createServer, type AddressInfo } from 'node:net';
import { ConnectionError, neverArrived, UndiciRequestClient } from '../../../src/twilio/undici-request-client';

const errorWith = (fields: object): Error => Object.assign(new Error('of the network'), fields);

test.each([
  ['nobody listens', { code: 'ECONNREFUSED', syscall: 'connect' }, true],
  ['the name is not known', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, true],
  ['there is no way there', { code: 'EHOSTUNREACH', syscall: 'connect' }, true],
  ['opening took too long', { code: 'UND_ERR_CONNECT_TIMEOUT' }, true],
  ['the network went away while we waited for the answer', { code: 'EHOSTUNREACH', syscall: 'read' }, false],
  ['… or while we wrote', { code: 'ENETUNREACH', syscall: 'write' }, false],
  ['the connection was cut', { code: 'ECONNRESET', syscall: 'read' }, false],
  ['the other side closed it', { code: 'UND_ERR_SOCKET' }, false],
  ['no answer came', { code: 'UND_ERR_HEADERS_TIMEOUT' }, false],
  ['we gave up', { name: 'TimeoutError', code: 23 }, false],
])('%s: %j, so it never arrived: %s', (_, fields, never) => {
  expect(neverArrived(errorWith(fields))).toBe(never);
});

test('of several addresses all must have failed to open', () => {
  const refused = errorWith({ code: 'ECONNREFUSED', syscall: 'connect' });
  const reset = errorWith({ code: 'ECONNRESET', syscall: 'read' });
  expect(neverArrived(errorWith({ code: 'ECONNREFUSED', errors: [refused, refused] }))).toBe(true);
  expect(neverArrived(errorWith({ code: 'ECONNREFUSED', errors: [refused, reset] }))).toBe(false);
  expect(neverArrived(errorWith({ cause: refused }))).toBe(true);
});

describe('over a real connection', () => {
  const send = async (port: number): Promise<unknown> => {
    const apiUrl = `http://127.0.0.1:${port}`;
    const client = new UndiciRequestClient({ apiUrl, connections: 1, timeoutMs: 1_000 });
    const failed = await client
      .request({ method: 'post', uri: 'https://api.twilio.com/2010-04-01/x.json', data: { To: '1' } })
      .catch((error: unknown) => error);
    await client.close();
    return failed;
  };

  test('nobody listens: it cannot have arrived', async () => {
    const server = createServer().listen(0);
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await send(port)).toMatchObject({ mayHaveArrived: false });
  });

  test('somebody listens and hangs up: it may have arrived', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0);
    const failed = await send((server.address() as AddressInfo).port);
    await new Promise((resolve) => server.close(resolve));
    expect(failed).toBeInstanceOf(ConnectionError);
    expect(failed).toMatchObject({ mayHaveArrived: true });
  });
});
