import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Ports } from '../../usecases/ports';

/** What a subcommand is given. */
export interface Asked {
  readonly ports: Ports;
  readonly client: WebClient;
  readonly user: string;
  readonly channel: string;
  readonly triggerId: string;
  /** What follows the subcommand. */
  readonly words: string;
  /** Shows something to the one who asked, and to nobody else. */
  readonly show: (content: { readonly text: string; readonly blocks?: KnownBlock[] }) => Promise<unknown>;
}
