/** How a local Slack can be set up; all that is not given is as strict as Slack. */
import type { SandboxClock } from '../clock';

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
