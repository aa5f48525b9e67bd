import type { RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';

/** What one person is shown, in place of what they pressed or below it. */
export type Answer = (shown: {
  readonly text: string;
  readonly blocks?: KnownBlock[];
  readonly response_type?: 'ephemeral';
  readonly replace_original?: boolean;
}) => Promise<unknown>;

/**
 * Slack's own address for answers takes five, for half an hour. Where it takes none, the answer comes as a message that
 * only this person sees; and where the app is no member, in their DM. Nobody is left without a word.
 */
export const answerTo =
  (
    { respond, client }: { readonly respond: RespondFn | undefined; readonly client: WebClient },
    { channel, user }: { readonly channel: string; readonly user: string },
  ): Answer =>
  async (shown) => {
    try {
      // Bolt gives none where Slack has given no address.
      if (respond === undefined) throw new Error('there is no address for answers');
      return await respond(shown);
    } catch {
      const { text, blocks } = shown;
      const words = { text, ...(blocks && { blocks }) };
      return client.chat
        .postEphemeral({ channel, user, ...words })
        .catch(() => client.chat.postMessage({ channel: user, ...words }));
    }
  };
