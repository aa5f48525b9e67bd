import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { KnownBlock } from '@slack/types';
import type { Ports } from '../../usecases/ports';
import { guarded } from './guard';
import { SUBCOMMANDS } from './subcommands';

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

export const outreachCommand =
  (ports: Ports) =>
  async ({ command, ack, respond, client }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const [, name = '', words = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(command.text) ?? [];
    const asked: Asked = {
      ports,
      client,
      user: command.user_id,
      channel: command.channel_id,
      triggerId: command.trigger_id,
      words: words.trim(),
      show: (content) => respond({ response_type: 'ephemeral', ...content }),
    };
    const tell = (text: string): Promise<unknown> => asked.show({ text });
    await guarded(ports, tell, () => run(asked, name.toLowerCase()));
  };

async function run(asked: Asked, name: string): Promise<unknown> {
  const subcommand = SUBCOMMANDS[name === '' ? 'help' : name];
  if (subcommand) return subcommand.run(asked);
  return asked.show({ text: `There is no “/outreach ${name}”. Type /outreach help to see what there is.` });
}
