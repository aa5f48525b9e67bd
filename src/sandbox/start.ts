/** One server for all of the sandbox: a local Slack, a local Twilio, a clock, and the page to drive them. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock, createClockRoutes } from './clock';
import type { SandboxClock } from './clock';
import type { SandboxCredentials } from './contract';
import { sendFailure } from './http';
import type { Handler } from './http';
import { createSlack } from './slack';
import type { LocalSlack, SlackOptions } from './slack';
import { CHANNELS, REVIEWERS_GROUP, STAFF } from './slack/world';
import { createStaticPage } from './static-page';
import { createTwilio } from './twilio';

/** Invented, and of use nowhere else. */
export const SANDBOX_CREDENTIALS: SandboxCredentials = {
  slackBotToken: 'xoxb-1000000000001-1000000000002-sandboxBotToken',
  slackAppToken: 'xapp-1-A0CARETHREAD-1000000000003-sandboxAppToken',
  slackSigningSecret: '5a4dbc0e51ac4513d6a2f0c97be1844f',
  twilioAccountSid: 'AC5a4dbc0e1f2a3b4c5d6e7f8091a2b3c4',
  twilioAuthToken: '5a4dbc0ea07040e9b2c1d3e4f5061728',
  twilioFrom: '+15005550006',
};

export type SandboxSlackOptions = Omit<SlackOptions, 'clock' | 'credentials' | 'baseUrl'>;

export interface SandboxOptions {
  /** 0, the default: any that is free. */
  readonly port?: number;
  readonly credentials?: Partial<SandboxCredentials>;
  /** The clock's first time; now, if not given. */
  readonly startAt?: Date;
  /** Puts the app token into `env`, so that the app uses Socket Mode. */
  readonly socketMode?: boolean;
  /** Where the built page is. */
  readonly pageDir?: string;
  /** Files to try the app with, served at `/samples/`. */
  readonly samplesDir?: string;
  readonly slack?: SandboxSlackOptions;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** What the app needs in its environment to use this sandbox. */
  readonly env: Record<string, string>;
  readonly clock: SandboxClock;
  readonly credentials: SandboxCredentials;
  close(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

const environment = (
  address: string,
  credentials: SandboxCredentials,
  socketMode: boolean,
): Record<string, string> => ({
  SLACK_BOT_TOKEN: credentials.slackBotToken,
  SLACK_SIGNING_SECRET: credentials.slackSigningSecret,
  ...(socketMode && { SLACK_APP_TOKEN: credentials.slackAppToken }),
  SLACK_API_URL: `${address}/slack/api/`,
  TWILIO_ACCOUNT_SID: credentials.twilioAccountSid,
  TWILIO_AUTH_TOKEN: credentials.twilioAuthToken,
  ...(credentials.twilioMessagingServiceSid === undefined
    ? { TWILIO_FROM: credentials.twilioFrom }
    : { TWILIO_MESSAGING_SERVICE_SID: credentials.twilioMessagingServiceSid }),
  TWILIO_API_URL: `${address}/twilio`,
  CLOCK_URL: `${address}/clock`,
  CHANNEL_REPLIES: CHANNELS.replies,
  CHANNEL_APPROVALS: CHANNELS.approvals,
  CHANNEL_IMPORTS: CHANNELS.imports,
  SENDERS: STAFF.sender,
  REVIEWERS: REVIEWERS_GROUP,
  RESPONDERS: STAFF.responder,
  ADMINS: STAFF.admin,
});

/** Drops every connection at once: event streams and hanging calls would keep the server open for ever. */
const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const dispatch = (routes: readonly (readonly [string, Handler])[]) => (req: IncomingMessage, res: ServerResponse) => {
  const url = new URL(req.url ?? '/', `http://${req.headers.host ?? '127.0.0.1'}`);
  const route = routes.find(
    ([prefix]) => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`) || prefix === '/',
  );
  Promise.resolve(route?.[1](req, res, url)).catch((error: unknown) => sendFailure(res, error));
};

interface Place {
  readonly clock: SandboxClock;
  readonly credentials: SandboxCredentials;
  readonly baseUrl: () => string;
}

const slackAt = ({ clock, credentials, baseUrl }: Place, options: SandboxSlackOptions | undefined): LocalSlack => {
  const { slackBotToken: botToken, slackAppToken: appToken, slackSigningSecret: signingSecret } = credentials;
  return createSlack({ ...options, clock, baseUrl, credentials: { botToken, appToken, signingSecret } });
};

const twilioAt = ({ clock, credentials, baseUrl }: Place): ReturnType<typeof createTwilio> => {
  const { twilioAccountSid: accountSid, twilioAuthToken: authToken, twilioFrom: from } = credentials;
  const { twilioMessagingServiceSid: service } = credentials;
  const messaging = service === undefined ? {} : { messagingServiceSid: service };
  return createTwilio({ clock, baseUrl, credentials: { accountSid, authToken, from, ...messaging } });
};

export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const credentials = { ...SANDBOX_CREDENTIALS, ...options.credentials };
  const clock = createClock(options.startAt);
  const clockRoutes = createClockRoutes(clock);
  let address = '';
  const place: Place = { clock, credentials, baseUrl: () => address };
  const slack = slackAt(place, options.slack);
  const twilio = twilioAt(place);
  const routes = [
    ['/slack', slack.handle],
    ['/twilio', twilio.handle],
    ['/clock', clockRoutes.handle],
    ['/samples', createStaticPage(options.samplesDir, '/samples/')],
    ['/', createStaticPage(options.pageDir)],
  ] as const;
  const server = createServer(dispatch(routes));
  server.on('upgrade', (req, socket, head) => slack.handleUpgrade(req, socket, head));
  address = await listen(server, options.port ?? 0);
  return {
    address,
    env: environment(address, credentials, options.socketMode ?? false),
    clock,
    credentials,
    close: async () => {
      clockRoutes.close();
      await Promise.all([slack.close(), twilio.close()]);
      await stop(server);
    },
  };
};
