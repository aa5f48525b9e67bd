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
 * it, as long as that is a channel for replies at all; one that is resolved goes on in its new channel, and the old thread
 * says where.
 */
export async function conversationFor(
  { clinic }: Pick<Ports, 'clinic'>,
  tx: Tx,
  { message, campaignId, at }: Reply & { at: Date },
): Promise<StoredConversation> {
  const channel = await wantedChannel({ clinic }, tx, { message, campaignId });
  const conversation = await tx.conversations.ensure(message.phone, channel, at);
  if (conversation.channel === channel) return conversation;
  if (conversation.state !== 'RESOLVED' && replyChannels({ clinic }).has(conversation.channel)) return conversation;
  return moveTo(tx, conversation, channel);
}

/** Where conversations stand, as the clinic has it now. */
export const replyChannels = ({ clinic }: Pick<Ports, 'clinic'>): ReadonlySet<string> =>
  new Set([clinic.channels.replies, ...clinic.conversations.current().routes.map(({ channel }) => channel)]);

/** More than anybody could read at once: the others follow with the patient's next text. */
const MOST_MOVED = 200;

/** Replies that wait for a person where nobody looks any more go on in the channel that the clinic has now. */
export async function moveWaiting(ports: Ports): Promise<void> {
  const { store, clock, wake } = ports;
  const known = replyChannels(ports);
  const at = clock.now();
  for (const { id } of await store.conversations.unansweredOutside([...known], MOST_MOVED))
    await store.transaction(async (tx) => {
      const conversation = await tx.conversations.byId(id);
      const reply = await tx.conversations.lastReply(id);
      if (!conversation || !reply || known.has(conversation.channel)) return;
      const channel = await wantedChannel(ports, tx, { message: reply, campaignId: reply.answersCampaignId });
      await moveTo(tx, conversation, channel);
      await tx.posts.want({ key: headKey(id), kind: 'conversation', ref: id, channel, priority: 2 }, at);
    });
  wake.posts();
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
