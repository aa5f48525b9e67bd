/** Calls the app's webhooks: signed, form-encoded, repeated as the address asks. */
import { stringify } from 'node:querystring';
import { Agent, errors, request } from 'undici';
import { readPolicy, retries } from './retry-policy';
import type { Failure, RetryPolicy } from './retry-policy';
import { sign } from './signature';
import type { Params } from './signature';

export interface WebhookAnswer {
  /** 0: the app was not reached, or did not answer in time. */
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** For the debugger; null when all is well. */
  readonly problem: string | null;
}

export interface WebhookCall {
  readonly url: string;
  readonly params: Params;
  readonly headers?: Readonly<Record<string, string>>;
}

const CONNECTIONS = 64;
const CONNECT_MS = 5_000;

const failureOf = (answer: WebhookAnswer, timedOut: boolean): Failure | null => {
  if (answer.status === 0) return timedOut ? 'rt' : 'ct';
  if (answer.status >= 500) return '5xx';
  return answer.status >= 400 ? '4xx' : null;
};

const isTimeout = (error: unknown): boolean =>
  error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;

export class WebhookClient {
  private readonly agent = new Agent({
    connections: CONNECTIONS,
    keepAliveTimeout: 10_000,
    connect: { timeout: CONNECT_MS },
  });

  constructor(private readonly authToken: string) {}

  async post(call: WebhookCall): Promise<WebhookAnswer> {
    const policy = readPolicy(call.url);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': sign(this.authToken, policy.url, call.params),
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      ...call.headers,
    };
    const body = stringify(call.params);
    for (let left = policy.retries; ; left -= 1) {
      const { answer, failure } = await this.attempt(policy, headers, body);
      if (failure === null || left <= 0 || !retries(policy, failure)) return answer;
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private async attempt(
    policy: RetryPolicy,
    headers: Record<string, string>,
    body: string,
  ): Promise<{ answer: WebhookAnswer; failure: Failure | null }> {
    try {
      const { readMs } = policy;
      const options = { dispatcher: this.agent, headersTimeout: readMs, bodyTimeout: readMs };
      const response = await request(policy.url, { method: 'POST', headers, body, ...options });
      const type = response.headers['content-type'];
      const answer = {
        status: response.statusCode,
        contentType: typeof type === 'string' ? type : '',
        body: await response.body.text(),
        problem: response.statusCode >= 400 ? `HTTP ${response.statusCode}` : null,
      };
      return { answer, failure: failureOf(answer, false) };
    } catch (error) {
      const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const answer = { status: 0, contentType: '', body: '', problem };
      return { answer, failure: failureOf(answer, isTimeout(error)) };
    }
  }
}
