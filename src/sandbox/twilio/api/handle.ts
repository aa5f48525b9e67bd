/** The front of the REST API: password, route, faults, latency; then the operation; then the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../contract';
import type { Handler } from '../../http';
import type { World } from '../world';
import { readForm } from './call';
import type { Answer, Call } from './call';
import { notFound, TwilioError } from './errors';
import { ROUTES } from './routes';
import type { Route } from './routes';

const PREFIX = '/twilio';
/** Messaging Services have a host of their own at Twilio, and no account in their paths. */
const MESSAGING = '/v1/Services/';
const JSON_TYPE = 'application/json; charset=utf-8';
const SID = /[A-Z]{2}[0-9a-f]{32}/g;

const refusal = (error: TwilioError, headers?: Record<string, string>): Answer => ({
  status: error.status,
  body: error.body(),
  ...(headers === undefined ? {} : { headers }),
});

const AUTHENTICATE = refusal(new TwilioError(401, 20003, 'Authenticate'), {
  'www-authenticate': 'Basic realm="Twilio API"',
});

/** A string, not a Buffer: Node then sends head and body in one write. */
const write = (res: ServerResponse, answer: Answer): void => {
  if (res.destroyed) return;
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  if (answer.headers !== undefined) for (const name in answer.headers) res.setHeader(name, answer.headers[name] ?? '');
  res.writeHead(answer.status, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(text) });
  res.end(text);
};

/** A fault that answers instead of the operation. */
const faultAnswer = (fault: Fault | undefined): Answer | null => {
  if (fault?.kind === '500') return refusal(new TwilioError(500, 20500, 'An internal server error has occurred'));
  if (fault?.kind !== '429') return null;
  const error = new TwilioError(429, 20429, 'Too Many Requests');
  return refusal(error, { 'retry-after': String(fault.retryAfterSeconds) });
};

const run = (route: Route, call: Call): Answer => {
  try {
    return route.run(call);
  } catch (error) {
    if (error instanceof TwilioError) return refusal(error);
    throw error;
  }
};

export class Api {
  private readonly authorization: string;
  private readonly base: string;
  private readonly hanging = new Set<ServerResponse>();

  constructor(private readonly world: World) {
    const { accountSid, authToken } = world.options.credentials;
    this.authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    this.base = `/2010-04-01/Accounts/${accountSid}`;
  }

  readonly handle: Handler = async (req, res, url) => {
    const path = url.pathname.slice(PREFIX.length);
    if (req.headers.authorization !== this.authorization) return write(res, AUTHENTICATE);
    const rest = this.withoutAccount(path);
    const route = rest === undefined ? undefined : ROUTES.get(`${req.method ?? ''} ${rest.replace(SID, '{sid}')}`);
    if (rest === undefined || route === undefined) return write(res, refusal(notFound(path)));
    const fault = this.world.faults.take(route.name);
    if (fault?.kind === 'drop_before') return void req.socket.destroy();
    const form = req.method === 'POST' ? await readForm(req) : {};
    if (fault?.kind === 'hang') return this.hang(res);
    const sids = rest.match(SID) ?? [];
    const call: Call = { world: this.world, path, sids, form, query: url.searchParams };
    const answer = faultAnswer(fault) ?? run(route, call);
    await this.finish(req, res, answer, fault);
  };

  private withoutAccount(path: string): string | undefined {
    if (path.startsWith(MESSAGING)) return path;
    return path.startsWith(this.base) ? path.slice(this.base.length) : undefined;
  }

  close(): void {
    for (const res of this.hanging) res.destroy();
  }

  private hang(res: ServerResponse): void {
    this.hanging.add(res);
    res.on('close', () => this.hanging.delete(res));
  }

  private async finish(req: IncomingMessage, res: ServerResponse, answer: Answer, fault?: Fault): Promise<void> {
    const { latencyMs } = this.world.settings;
    if (latencyMs > 0) await sleep(latencyMs);
    if (fault?.kind === 'drop_after') req.socket.destroy();
    else write(res, answer);
    answer.then?.();
  }
}
