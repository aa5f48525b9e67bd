import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Ports } from '../../usecases/ports';
import { answerTo } from './answer';
import type { Asked } from './asked';
import { commandText } from './command-text';
import { guarded } from './guard';
import { SUBCOMMANDS } from './subcommands';

export const outreachCommand =
  (ports: Ports) =>
  async ({ command, ack, respond, client }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const answer = answerTo({ respond, client }, { channel: command.channel_id, user: command.user_id });
    const [, name = '', words = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(commandText(command.text)) ?? [];
    const asked: Asked = {
      ports,
      client,
      user: command.user_id,
      channel: command.channel_id,
      triggerId: command.trigger_id,
      words: words.trim(),
      show: (content) => answer({ response_type: 'ephemeral', ...content }),
    };
    const tell = (text: string): Promise<unknown> => asked.show({ text });
    await guarded(ports, tell, () => run(asked, name.toLowerCase()));
  };

async function run(asked: Asked, name: string): Promise<unknown> {
  const wanted = name === '' ? 'help' : name;
  const subcommand = Object.hasOwn(SUBCOMMANDS, wanted) ? SUBCOMMANDS[wanted] : undefined;
  if (subcommand) return subcommand.run(asked);
  return asked.show({ text: `There is no “/outreach ${name}”. Type /outreach help to see what there is.` });
}
