/** What every part of the sandbox's Slack is handed. */
import type { SandboxClock } from '../clock';
import type { ApiCall } from '../contract';
import type { Faults } from './faults';
import type { Json, World } from './model';
import type { AppLink } from './outbound/app-link';
import type { EventQueue } from './outbound/event-queue';
import type { SocketMode } from './outbound/socket-mode';
import type { PostLimiter } from './post-limiter';
import type { ResponseUrls } from './outbound/response-urls';
import type { Triggers } from './outbound/triggers';

export interface SlackCredentials {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
}

export interface SlackOptions {
  readonly clock: SandboxClock;
  readonly credentials: SlackCredentials;
  /** The server's address, without a slash at its end. A function, as the port is known only once it listens. */
  readonly baseUrl: () => string;
  /** chat.postMessage: how many at once in a channel, and how many a second from then on (0: no limit). */
  readonly postBurst?: number;
  readonly postPerSecond?: number;
  /** Slack's are at once, 1 minute and 5 minutes. */
  readonly redeliveryDelaysMs?: readonly number[];
  /** How long the app has to acknowledge. Slack's is 3 s. */
  readonly ackTimeoutMs?: number;
  readonly triggerLifeMs?: number;
  /** The scopes that the bot token holds; all that the methods need, if not given. */
  readonly scopes?: readonly string[];
  /** The bot events that the app subscribes to (`message.channels`, `reaction_added`, …); all, if not given. */
  readonly events?: readonly string[];
}

export interface SlackContext {
  readonly options: SlackOptions;
  readonly clock: SandboxClock;
  readonly world: World;
  readonly nextTs: () => string;
  readonly faults: Faults;
  readonly limiter: PostLimiter;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly link: AppLink;
  readonly events: EventQueue;
  readonly sockets: SocketMode;
  readonly calls: ApiCall[];
  /** Tells the pages that are looking that something is different. */
  readonly changed: () => void;
}

export const slackUrl = (context: { readonly options: SlackOptions }, path: string): string =>
  `${context.options.baseUrl()}/slack/${path}`;

export type { Json };
