import type { WebClient } from '@slack/web-api';
import type { Place } from '../usecases/ports';
import type { PostId } from '../usecases/posts/post-id';
import { ifReadable } from './patiently';
import { pictureName } from './post-summary';

/** Slack's clock and ours may differ by this much. */
const SKEW_SECONDS = 60;

/**
 * Reads back what stands in the channel or thread since the attempt, and looks for the id in the metadata. Where Slack does
 * not let us read (a scope that the token lacks), nothing is found: better a post twice than a patient's reply never.
 */
export async function findPost(
  client: WebClient,
  place: Place,
  { id, since }: { id: PostId; since: Date },
): Promise<string | null> {
  const oldest = String(since.getTime() / 1000 - SKEW_SECONDS);
  const { threadTs } = place;
  const paging = { channel: place.channel, oldest, include_all_metadata: true, limit: 200 };
  for (let cursor = ''; ;) {
    const more = cursor === '' ? {} : { cursor };
    const page = await ifReadable(() =>
      threadTs === undefined
        ? client.conversations.history({ ...paging, ...more })
        : client.conversations.replies({ ...paging, ...more, ts: threadTs }),
    );
    if (page === null) return null;
    const found = page.messages?.find(
      ({ metadata, files }) => isOf(metadata, id) || files?.some(({ name }) => name === pictureName(id.key)) === true,
    );
    if (found?.ts !== undefined) return found.ts;
    cursor = page.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
}

/** What it follows from decides, where that is known: a restored database may have given the key to something else. */
function isOf(metadata: unknown, { key, origin }: PostId): boolean {
  const payload = (metadata as { event_payload?: { id?: unknown; origin?: unknown } } | undefined)?.event_payload;
  return origin === undefined ? payload?.id === key : payload?.origin === origin;
}
