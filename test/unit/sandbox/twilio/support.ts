/** A local Twilio for one test: its server, the real client that talks to it, and an app that takes its webhooks. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import type Response from 'twilio/lib/http/response';
import { createClock } from '../../../../src/sandbox/clock';
import type { SandboxClock } from '../../../../src/sandbox/clock';
import type { FaultOrder, SandboxPhone, TextAnswer, TwilioRecord } from '../../../../src/sandbox/contract';
import { createTwilio } from '../../../../src/sandbox/twilio';
import type { Settings } from '../../../../src/sandbox/twilio/core/settings';

export const ACCOUNT = `AC${'0'.repeat(31)}1`;
export const TOKEN = 'sandbox-auth-token';
export const CLINIC = '+15125550100';
export const SERVICE = `MG${'0'.repeat(31)}2`;
export const ANA = '+15125550111';
export const BEN = '+15125550122';

/** Sends what is meant for api.twilio.com to the sandbox, as the app does with TWILIO_API_URL. */
class LocalRequestClient extends RequestClient {
  constructor(private readonly address: string) {
    super({ timeout: 5000 });
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>): Promise<Response<TData>> {
    return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', `${this.address}/twilio`) });
  }
}

export const connect = (address: string, accountSid = ACCOUNT, token = TOKEN): twilio.Twilio =>
  twilio(accountSid, token, { httpClient: new LocalRequestClient(address) });

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

export interface Delivery {
  readonly path: string;
  readonly params: Record<string, string>;
  readonly headers: IncomingMessage['headers'];
  /** What twilio.validateRequest makes of it. */
  readonly signed: boolean;
}

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** The app's side: remembers every webhook, and answers with an empty TwiML document unless told otherwise. */
export class FakeApp {
  readonly deliveries: Delivery[] = [];
  answer: Answer = (_req, res) => res.writeHead(200, { 'content-type': 'text/xml' }).end('<Response/>');
  address = '';
  private readonly server = createServer((req, res) => void this.take(req, res));

  async open(): Promise<void> {
    this.address = await listen(this.server);
  }

  close(): Promise<void> {
    return shut(this.server);
  }

  answerWith(type: string, body: string, status = 200): void {
    this.answer = (_req, res) => res.writeHead(status, { 'content-type': type }).end(body);
  }

  statuses(): string[] {
    return this.deliveries.flatMap((delivery) => delivery.params['MessageStatus'] ?? []);
  }

  private async take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of req) body += String(chunk);
    const params = Object.fromEntries(new URLSearchParams(body));
    const signature = String(req.headers['x-twilio-signature']);
    const signed = twilio.validateRequest(TOKEN, signature, this.address + (req.url ?? ''), params);
    this.deliveries.push({ path: req.url ?? '', params, headers: req.headers, signed });
    this.answer(req, res);
  }
}

export interface Sandbox {
  readonly address: string;
  readonly clock: SandboxClock;
  readonly client: twilio.Twilio;
  readonly app: FakeApp;
  send(to: string, body: string, more?: Record<string, unknown>): ReturnType<twilio.Twilio['messages']['create']>;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  set(settings: Partial<Settings>): Promise<Settings>;
  fault(method: string, fault: FaultOrder['fault'], times?: number): Promise<void>;
  texts(from: string, body: string, media?: unknown[]): Promise<TextAnswer>;
  phone(number: string): Promise<SandboxPhone>;
  records(): Promise<TwilioRecord[]>;
  close(): Promise<void>;
}

const openServer = async (clock: SandboxClock): Promise<{ address: string; close: () => Promise<void> }> => {
  const local = createTwilio({
    clock,
    credentials: { accountSid: ACCOUNT, authToken: TOKEN, from: CLINIC, messagingServiceSid: SERVICE },
    baseUrl: () => address,
  });
  const server = createServer((req, res) => void local.handle(req, res, new URL(req.url ?? '', 'http://sandbox')));
  const address = await listen(server);
  const close = async (): Promise<void> => {
    await local.close();
    await shut(server);
  };
  return { address, close };
};

const caller =
  (address: string) =>
  async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${address}/twilio/control/${path}`, init);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };

export const openSandbox = async (settings: Partial<Settings> = {}): Promise<Sandbox> => {
  const clock = createClock(new Date('2026-03-03T15:00:00Z'));
  const server = await openServer(clock);
  const app = new FakeApp();
  await app.open();
  const control = caller(server.address);
  const client = connect(server.address);
  await control('POST', 'settings', { rate: 0, deliveryMs: 0, ...settings });
  await control('POST', 'number', { smsUrl: `${app.address}/sms` });
  return {
    address: server.address,
    clock,
    client,
    app,
    control,
    send: (to, body, more = {}) => client.messages.create({ to, body, from: CLINIC, ...more }),
    set: (changes) => control('POST', 'settings', changes),
    fault: (method, fault, times = 1) => control('POST', 'faults', { method, fault, times }),
    texts: (from, body, media) => control('POST', 'text', { from, body, ...(media === undefined ? {} : { media }) }),
    phone: async (number) => {
      const phones = await control<SandboxPhone[]>('GET', 'phones');
      const found = phones.find((phone) => phone.number === number);
      if (found === undefined) throw new Error(`${number} is not known`);
      return found;
    },
    records: () => control('GET', 'messages'),
    close: async () => {
      await server.close();
      await app.close();
    },
  };
};

/** Waits for what happens elsewhere: three seconds at most. */
export const eventually = async (check: () => Promise<void> | void): Promise<void> => {
  const deadline = Date.now() + 3000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
};
