import type { ConversationCard, ReplyCard } from '../../domain/cards/card';
import { maskedName } from '../../domain/masking';
import { maskPhone } from '../../domain/phone-number';
import { revealTarget } from '../patients/reveal';
import type { Ports } from '../ports';

/** Everybody who shares the number, masked: a family is named whole. */
async function namesOf({ store }: Pick<Ports, 'store'>, phone: string): Promise<string[]> {
  return (await store.patients.byPhone(phone)).map(({ firstName, lastName }) => maskedName(firstName, lastName));
}

export async function conversationCard(
  ports: Pick<Ports, 'store' | 'clinic'>,
  conversationId: number,
): Promise<ConversationCard | null> {
  const { store } = ports;
  const conversation = await store.conversations.byId(conversationId);
  if (!conversation) return null;
  const patients = await store.patients.byPhone(conversation.phone);
  const groups = await store.groups.ofPatients(patients.map(({ id }) => id));
  const reply = await store.conversations.lastReply(conversationId);
  const phone = await store.patients.phone(conversation.phone);
  const campaign = reply?.answersCampaign;
  const sent = campaign ? await store.conversations.campaignText(campaign.id, conversation.phone) : null;
  return {
    kind: 'conversation',
    conversationId,
    who: patients.map(({ firstName, lastName }) => maskedName(firstName, lastName)),
    phone: maskPhone(conversation.phone),
    state: conversation.state,
    language: patients[0]?.language ?? null,
    groups: [...new Set(groups.map(({ group }) => group.name))],
    optedOut: phone?.optedOutAt != null,
    reveal: revealTarget(ports.clinic, { conversationId }),
    takenBy: conversation.takenBy,
    reply: reply ? { text: reply.text, replyClass: reply.replyClass, answer: reply.answer, at: reply.createdAt } : null,
    campaign: campaign ? { templateName: campaign.templateVersion.template.name, text: sent?.text ?? '' } : null,
  };
}

export async function replyCard(ports: Pick<Ports, 'store'>, messageId: number): Promise<ReplyCard | null> {
  const message = await ports.store.messages.byId(messageId);
  if (!message) return null;
  const names = await namesOf(ports, message.phone);
  return {
    kind: 'reply',
    messageId,
    who: names.length === 0 ? `Unknown ${maskPhone(message.phone)}` : names.join(' / '),
    text: message.text,
    replyClass: message.replyClass,
    answer: message.answer,
    why: message.classifiedBy,
    at: message.createdAt,
    mediaCount: (JSON.parse(message.media ?? '[]') as string[]).length,
  };
}
