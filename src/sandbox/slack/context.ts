/** What every part of the sandbox's Slack is handed. */
import type { SandboxClock } from '../clock';
import type { ApiCall } from '../contract';
import type { Faults } from './faults';
import type { World } from './model';
import type { AppLink } from './outbound/app-link';
import type { EventQueue } from './outbound/event-queue';
import type { SocketMode } from './outbound/socket-mode';
import type { SlackOptions } from './options';
import type { PostLimiter } from './post-limiter';
import type { ResponseUrls } from './outbound/response-urls';
import type { Triggers } from './outbound/triggers';

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
