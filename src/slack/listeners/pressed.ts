import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  OverflowAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Ports } from '../../usecases/ports';
import { type Answer, answerTo } from './answer';
import { guarded, type Tell } from './guard';
import { publishHome } from './home';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction | StaticSelectAction | OverflowAction>> &
  AllMiddlewareArgs;

/** A button that was pressed, or an option that was chosen: by whom, with what value, and where. */
export interface Pressed {
  readonly user: string;
  readonly value: string;
  /** The channel of the message; the person's own DM when it was pressed in the Home tab. */
  readonly channel: string;
  readonly triggerId: string;
  readonly client: WebClient;
  readonly respond: Answer;
  /** Says something to the one who pressed. */
  readonly tell: Tell;
  /** It was pressed in something that only this person sees, and that shows nothing new by itself. */
  readonly isPrivate: boolean;
}

/** Acknowledge, translate, call; a refusal is shown to the one who pressed, beside the card. */
export const pressed =
  (work: (ports: Ports, press: Pressed) => Promise<unknown>) =>
  (ports: Ports) =>
  async ({ ack, action, body, client, ...args }: Args): Promise<void> => {
    await ack();
    const user = body.user.id;
    const channel = body.channel?.id ?? user;
    const respond = answerTo({ respond: args.respond, client }, { channel, user });
    const threadTs = (body.message as { thread_ts?: string } | undefined)?.thread_ts;
    const tell = async (text: string): Promise<unknown> =>
      body.channel === undefined
        ? client.chat.postMessage({ channel: await ports.room.directChannel(user), text })
        : // A card that only one person sees may stand where the app is no member, and cannot whisper.
          ports.room
            .whisper({ channel, user, threadTs }, text)
            .catch(() => respond({ response_type: 'ephemeral', replace_original: false, text }));
    const value = (action.type === 'button' ? action.value : action.selected_option.value) ?? '';
    const triggerId = body.trigger_id;
    const isPrivate = (body.container as { is_ephemeral?: boolean } | undefined)?.is_ephemeral === true;
    const press: Pressed = { isPrivate, user, value, channel, triggerId, client, respond, tell };
    await guarded(ports, tell, async () => {
      await work(ports, press);
      if (body.view?.type === 'home') await publishHome(ports, client, user);
    });
  };
