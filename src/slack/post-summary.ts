import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { SummaryCard } from '../domain/cards/summary-card';
import type { Place } from '../usecases/ports';
import { summaryAltText, summaryLines } from './blocks/summary-card';
import { summarySvg } from './blocks/summary-picture';
import { pngOf } from './picture';

/** Slack shows a file in the channel some moments after it has taken it. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 400;

/** What a picture is called by which it is found in the thread: `summary:12` → `summary-12.png`. */
export const pictureName = (postId: string): string => `${postId.replace(/[^a-z0-9]+/gi, '-')}.png`;

/**
 * Uploads the picture with its words into a thread.
 * @param find looks for it there: an upload tells no ts
 * @returns its ts; its id where it cannot be found, so that what Slack has taken is not uploaded again
 */
export async function postSummary(
  client: WebClient,
  { channel, threadTs }: Place,
  { card, id, find }: { card: SummaryCard; id: string; find: () => Promise<string | null> },
): Promise<{ channel: string; ts: string }> {
  const file = await pngOf(summarySvg(card));
  await client.filesUploadV2({
    channel_id: channel,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    file,
    filename: pictureName(id),
    title: `How send ${card.campaignId} went`,
    alt_text: summaryAltText(card),
    initial_comment: summaryLines(card).join('\n'),
  } as Parameters<WebClient['filesUploadV2']>[0]);
  for (let look = 0; look < LOOKS; look += 1) {
    const ts = await find().catch(() => null);
    if (ts !== null) return { channel, ts };
    await sleep(BETWEEN_LOOKS_MS);
  }
  return { channel, ts: id };
}
