import RequestClient from 'twilio/lib/base/RequestClient';
import Response from 'twilio/lib/http/response';
import { Pool } from 'undici';

/** The connection failed in a way that says whether Twilio can have the request. */
export class ConnectionError extends Error {
  constructor(
    readonly code: string,
    /** False only when no byte of the request can have reached Twilio. */
    readonly mayHaveArrived: boolean,
  ) {
    super(`no answer from Twilio (${code})`);
    this.name = 'ConnectionError';
  }
}

/** Errors of opening a connection: nothing was sent. Everything else may have been. */
const NOT_OPENED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** What the system was asked to do; a network that goes away later gives some of the same codes to `read` and `write`. */
const OPENING = new Set(['connect', 'getaddrinfo']);

/** Whether an error says that no byte of the request can have been sent. */
export function neverArrived(error: unknown): boolean {
  const { code, syscall, cause, errors } = error as Record<string, unknown>;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  // Several addresses were tried.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverArrived);
  if (typeof code === 'string') return NOT_OPENED.has(code) && typeof syscall === 'string' && OPENING.has(syscall);
  return cause !== undefined && cause !== null && neverArrived(cause);
}

export interface TwilioAddress {
  /** Where Twilio's API is; may carry a path. */
  readonly apiUrl: string;
  /** At least rate × latency, or the rate cannot be reached. */
  readonly connections: number;
  readonly timeoutMs: number;
}

/** What Twilio's client puts into forms and queries. */
type Parameter = string | number | boolean | null | undefined;

/**
 * The official client's transport, on undici's Pool: keep-alive with enough sockets, time-outs of our own, and none of
 * the client's own retries, which would go round our pace and could send twice. See docs/decisions.
 */
export class UndiciRequestClient extends RequestClient {
  private readonly pools = new Map<string, Pool>();

  constructor(private readonly address: TwilioAddress) {
    super();
  }

  override async request<TData>(options: RequestClient.RequestOptions<TData>): Promise<Response<TData>> {
    const { origin, path, search } = placeOf(this.address.apiUrl, options.uri);
    try {
      const answer = await this.poolOf(origin).request({
        path: path + queryOf(search, options.params),
        method: options.method.toUpperCase(),
        headers: await headersOf(options),
        body: options.data === undefined ? null : formOf(options.data).toString(),
        // The pool's own time-outs begin when a socket is free; this one begins now.
        signal: AbortSignal.timeout(this.address.timeoutMs * 2),
      });
      return new Response(answer.statusCode, (await answer.body.text()) as TData, answer.headers);
    } catch (error) {
      throw new ConnectionError(codeOf(error), !neverArrived(error));
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
  }

  private poolOf(origin: string): Pool {
    const { connections, timeoutMs } = this.address;
    const pool =
      this.pools.get(origin) ??
      new Pool(origin, {
        connections,
        pipelining: 1,
        connect: { timeout: 5_000 },
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
    this.pools.set(origin, pool);
    return pool;
  }
}

const TWILIO = /^https:\/\/[\w.-]+\.twilio\.com$/;

/**
 * Where a call of the client goes. Twilio has a host for each product (messaging.twilio.com beside api.twilio.com); somebody
 * else's address stands for all of them.
 */
export function placeOf(apiUrl: string, uri: string): { origin: string; path: string; search: string } {
  const base = new URL(apiUrl);
  const { origin, pathname, search } = new URL(uri);
  const isTwilios = TWILIO.test(base.origin) && TWILIO.test(origin);
  // The client knows its own default host for the API; a regional one that was set takes its place.
  const isApi = origin === 'https://api.twilio.com';
  return {
    origin: isTwilios && !isApi ? origin : base.origin,
    path: base.pathname.replace(/\/$/, '') + pathname,
    search,
  };
}

async function headersOf(options: RequestClient.RequestOptions): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (typeof value === 'string') headers[name] = value;
  }
  if (options.authStrategy) headers.Authorization = await options.authStrategy.getAuthString();
  else if (options.username && options.password) {
    headers.Authorization = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`;
  }
  return headers;
}

const formOf = (data: unknown): URLSearchParams => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries((data ?? {}) as Record<string, Parameter | Parameter[]>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) form.append(name, String(one));
    }
  }
  return form;
};

const queryOf = (search: string, params: unknown): string => {
  const extra = formOf(params).toString();
  if (extra === '') return search;
  return search === '' ? `?${extra}` : `${search}&${extra}`;
};

const codeOf = (error: unknown): string => {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: string };
  if (typeof code === 'string') return code;
  if (cause !== undefined && cause !== null) return codeOf(cause);
  return name ?? 'UNKNOWN';
};
