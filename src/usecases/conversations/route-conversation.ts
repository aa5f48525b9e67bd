import { channelFor } from '../../domain/conversation-settings';
import type { StoredConversation } from '../../store/conversations';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { headKey } from './show-reply';

interface Reply {
  readonly message: StoredMessage;
  /** The one that it answers. */
  readonly campaignId: number | null;
}

/**
 * The conversation of a number, in the channel that the settings have for it. One that is open stays where people work on
 * it; one that is resolved goes on in its new channel, and the old thread says where.
 */
export async function conversationFor(
  { clinic }: Pick<Ports, 'clinic'>,
  tx: Tx,
  { message, campaignId, at }: Reply & { at: Date },
): Promise<StoredConversation> {
  const channel = await wantedChannel({ clinic }, tx, { message, campaignId });
  const conversation = await tx.conversations.ensure(message.phone, channel, at);
  if (conversation.channel === channel || conversation.state !== 'RESOLVED') return conversation;
  return moveTo(tx, conversation, channel);
}

async function wantedChannel(
  { clinic }: Pick<Ports, 'clinic'>,
  tx: Tx,
  { message, campaignId }: Reply,
): Promise<string> {
  const { routes } = clinic.conversations.current();
  const usual = clinic.channels.replies;
  if (routes.length === 0) return usual;
  const patients = await tx.patients.byPhone(message.phone);
  const groups = await tx.groups.ofPatients(patients.map(({ id }) => id));
  const channel = channelFor(routes, {
    campaignId,
    templateId: campaignId === null ? null : await tx.templates.idOfCampaign(campaignId),
    groupIds: groups.map(({ groupId }) => groupId),
  });
  return channel ?? usual;
}

/** The old head says where it goes on; the new one is a post of its own. */
export async function moveTo(tx: Tx, conversation: StoredConversation, channel: string): Promise<StoredConversation> {
  const { id, threadTs } = conversation;
  await tx.posts.retire(headKey(id), { key: `moved:${id}:${threadTs ?? '0'}`, kind: 'moved', body: channel });
  await tx.posts.moveUnposted(headKey(id), channel);
  await tx.conversations.update(id, { channel, threadTs: null });
  return { ...conversation, channel, threadTs: null };
}
