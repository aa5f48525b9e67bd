import type { Tx } from '../../store/store';
import { campaignKey } from './campaign-key';

/**
 * Tells the one who asked for a send what became of it, in the thread of the send's card.
 * @param key what it says, once: `approved`, `rejected` …
 */
export async function tellRequester(
  tx: Tx,
  campaign: { readonly id: number; readonly requestedBy: string },
  { key, body, at }: { key: string; body: string; at: Date },
): Promise<void> {
  const card = await tx.posts.byKey(campaignKey(campaign.id));
  if (!card) return;
  const text = `<@${campaign.requestedBy}> ${body}`;
  const { channel } = card;
  const threadOf = campaignKey(campaign.id);
  await tx.posts.want(
    { key: `told:${campaign.id}:${key}`, kind: 'note', ref: campaign.id, channel, threadOf, body: text, priority: 2 },
    at,
  );
}
