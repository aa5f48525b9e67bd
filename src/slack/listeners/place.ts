import type { WebClient } from '@slack/web-api';
import type { Ports } from '../../usecases/ports';
import { slackError } from '../outcomes';

/** Cards go where the command was typed; where the app is not, into the DM with the person who typed it. */
export async function placeFor(
  client: WebClient,
  { room }: Pick<Ports, 'room'>,
  asked: { channel: string; user: string },
): Promise<{ channel: string }> {
  try {
    const { channel } = await client.conversations.info({ channel: asked.channel });
    const isOurs = channel?.is_im === true || channel?.is_member !== false;
    if (isOurs) return { channel: asked.channel };
  } catch (error) {
    const said = slackError(error);
    if (said !== 'channel_not_found' && said !== 'not_in_channel') return { channel: asked.channel };
  }
  return { channel: await room.directChannel(asked.user) };
}
