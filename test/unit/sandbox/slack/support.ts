/** A sandbox with a real Bolt app beside it. */
import type { Server } from 'node:http';
import { App, LogLevel } from '@slack/bolt';
import type { AppOptions } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { startSandbox } from '../../../../src/sandbox/start';
import type { Sandbox, SandboxOptions } from '../../../../src/sandbox/start';

export type Json = Record<string, unknown>;

export const CHANNEL = 'C0REPLIES';
export const SENDER = 'U0SENDER1';
export const REVIEWER = 'U0REVIEWER1';

export const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

const quietly = {
  logger: silent,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 5000,
  logLevel: LogLevel.ERROR,
};

/** Without the sandbox's usual limit of one message a second, which most tests are not about. */
export const openSandbox = (options: SandboxOptions = {}): Promise<Sandbox> =>
  startSandbox({ ...options, slack: { postPerSecond: 0, redeliveryDelaysMs: [20, 40, 60], ...options.slack } });

export const clientOf = (sandbox: Sandbox, token = sandbox.credentials.slackBotToken): WebClient =>
  new WebClient(token, { slackApiUrl: `${sandbox.address}/slack/api/`, ...quietly });

export interface Driver {
  post<T = Json>(path: string, body?: Json): Promise<T>;
  get<T = Json>(path: string): Promise<T>;
  raw(path: string, init?: RequestInit): Promise<Response>;
}

export const driverOf = (sandbox: Sandbox): Driver => {
  const raw: Driver['raw'] = (path, init) => fetch(`${sandbox.address}${path}`, init);
  const json = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await raw(`/slack/control/${path}`, init);
    const body = (await response.json()) as T;
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    raw,
    get: (path) => json(path),
    post: (path, body = {}) => json(path, { method: 'POST', body: JSON.stringify(body) }),
  };
};

export interface RunningApp {
  readonly app: App;
  /** Of its request address, over HTTP. */
  readonly address?: string;
  stop(): Promise<void>;
}

const appOptions = (sandbox: Sandbox): AppOptions => ({
  token: sandbox.credentials.slackBotToken,
  logger: silent,
  ignoreSelf: false,
  clientOptions: { slackApiUrl: `${sandbox.address}/slack/api/`, ...quietly },
});

export const runHttpApp = async (sandbox: Sandbox, prepare: (app: App) => void): Promise<RunningApp> => {
  const app = new App({ ...appOptions(sandbox), signingSecret: sandbox.credentials.slackSigningSecret });
  prepare(app);
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
  const { port } = server.address() as { port: number };
  const address = `http://127.0.0.1:${port}/slack/events`;
  await driverOf(sandbox).post('app', { requestUrl: address });
  return { app, address, stop: () => app.stop().then(() => undefined) };
};

export const runSocketApp = async (sandbox: Sandbox, prepare: (app: App) => void): Promise<RunningApp> => {
  const app = new App({ ...appOptions(sandbox), appToken: sandbox.credentials.slackAppToken, socketMode: true });
  prepare(app);
  await app.start();
  const stop = async (): Promise<void> => {
    await app.stop();
    // Bolt does not wait for its socket to close, and would reconnect to a sandbox that is gone.
    await until(async () => (await driverOf(sandbox).get<{ connections: number }>('socket')).connections === 0);
  };
  return { app, stop };
};

/** Waits until it holds; events reach the app when they do. */
export const until = async (holds: () => boolean | Promise<boolean>, timeoutMs = 5000): Promise<void> => {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

export const section = (text: string): Json => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** The code and the explanations with which Slack refused a call. */
export const refusal = async (call: Promise<unknown>): Promise<{ error: string; messages: string[] }> => {
  try {
    await call;
  } catch (thrown) {
    const data = (thrown as { data?: { error: string; response_metadata?: { messages?: string[] } } }).data;
    if (data !== undefined) return { error: data.error, messages: data.response_metadata?.messages ?? [] };
    throw thrown;
  }
  throw new Error('Slack refused nothing.');
};
