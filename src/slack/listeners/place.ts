import type { WebClient } from '@slack/web-api';
import type { Ports } from '../../usecases/ports';
import { slackError } from '../outcomes';

/** A channel that the app is not in, or one of a kind (a group DM) that it has no scope for. */
const NOT_OURS = new Set(['channel_not_found', 'not_in_channel', 'missing_scope']);

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
    // Slack did not answer, or not to the point: posting will tell. But where it says that we are not, we are not.
    if (!NOT_OURS.has(slackError(error) ?? '')) return { channel: asked.channel };
  }
  return { channel: await room.directChannel(asked.user) };
}
