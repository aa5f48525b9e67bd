import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver, type Logger } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../log';
import { takeRequest } from './take-request';

export interface SlackSettings {
  readonly botToken: string;
  /** Set: Socket Mode. */
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly apiUrl: string;
}

/**
 * The client's own defaults are dangerous here: no time-out, and ten retries over half an hour on anything but 200,
 * which doubles posts. Retrying is the outbox's (usecases/posts), which looks first whether the post is there.
 */
export const clientOptions = (apiUrl: string, log: Log): WebClientOptions => ({
  logger: boltLogger(log),
  slackApiUrl: apiUrl,
  retryConfig: { retries: 0 },
  timeout: 10_000,
  rejectRateLimitedCalls: true,
});

export interface SlackApp {
  readonly app: App;
  /** For what goes out without somebody having asked just now. */
  readonly client: WebClient;
  /** Answers `POST /slack/events`; null in Socket Mode. */
  readonly handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The real Bolt app, over HTTP or Socket Mode. It asks Slack who it is when the first event comes, and not before. */
export function createSlackApp(settings: SlackSettings, log: Log): SlackApp {
  const logger = boltLogger(log);
  const receiver = settings.appToken
    ? new SocketModeReceiver({
        appToken: settings.appToken,
        logger,
        installerOptions: { clientOptions: clientOptions(settings.apiUrl, log) },
      })
    : new HTTPReceiver({ signingSecret: settings.signingSecret ?? '', endpoints: ['/slack/events'], logger });
  const app = new App({
    receiver,
    logger,
    clientOptions: clientOptions(settings.apiUrl, log),
    authorize: identify(settings, log),
    ignoreSelf: true,
  });
  const client = new WebClient(settings.botToken, clientOptions(settings.apiUrl, log));
  if (receiver instanceof HTTPReceiver) {
    return {
      app,
      client,
      handle: takeRequest((request, response) => receiver.requestListener(request, response)),
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    };
  }
  return {
    app,
    client,
    handle: null,
    start: async () => {
      await app.start();
    },
    stop: async () => {
      await app.stop();
    },
  };
}

/** Asked once and remembered; asked again while Slack does not answer. */
function identify({ botToken, apiUrl }: SlackSettings, log: Log) {
  let identity: Promise<{ botToken: string; botId: string; botUserId: string }> | undefined;
  return () => {
    identity ??= whoAmI(new WebClient(botToken, clientOptions(apiUrl, log)), botToken).catch((error: unknown) => {
      identity = undefined;
      throw error;
    });
    return identity;
  };
}

async function whoAmI(client: WebClient, botToken: string) {
  const me = await client.auth.test();
  return { botToken, botId: me.bot_id ?? '', botUserId: me.user_id ?? '' };
}

/** Bolt logs whole requests at debug level: only its warnings come through, and no arguments with them. */
const boltLogger = (log: Log): Logger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => log.warn({ part: 'bolt' }, 'bolt warns'),
  error: (...messages: unknown[]) => {
    const err = messages.find((message) => message instanceof Error);
    log.error({ part: 'bolt', err }, 'bolt failed');
  },
  setLevel: () => undefined,
  getLevel: () => LogLevel.WARN,
  setName: () => undefined,
});
