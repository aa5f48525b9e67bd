import type { ConversationCard, ReplyCard } from '../../domain/cards/thread-cards';
import { maskedId, maskedName } from '../../domain/masking';
import { maskPhone } from '../../domain/phone-number';
import type { StoredConversation } from '../../store/conversations';
import type { StoredPatient } from '../../store/patients';
import { revealTarget } from '../patients/reveal';
import type { Ports } from '../ports';

const HOUR_MS = 3_600_000;

type Gathering = Pick<Ports, 'store' | 'clinic' | 'clock'>;

export const nameOf = ({ firstName, lastName }: StoredPatient): string => maskedName(firstName, lastName);

/** Everybody who shares the number, masked: a family is named whole. */
export async function whoOf({ store }: Pick<Ports, 'store'>, phone: string): Promise<string> {
  const names = (await store.patients.byPhone(phone)).map(nameOf);
  return names.length === 0 ? `Unknown ${maskPhone(phone)}` : names.join(' / ');
}

export async function conversationCard(ports: Gathering, conversationId: number): Promise<ConversationCard | null> {
  const { store, clinic } = ports;
  const conversation = await store.conversations.byId(conversationId);
  if (!conversation) return null;
  const patients = await store.patients.byPhone(conversation.phone);
  const chosen = patients.find(({ id }) => id === conversation.patientId);
  const about = chosen ? [chosen] : patients;
  const groups = await store.groups.ofPatients(about.map(({ id }) => id));
  const phone = await store.patients.phone(conversation.phone);
  return {
    kind: 'conversation',
    conversationId,
    who: patients.map(nameOf),
    choices: patients.length < 2 ? [] : patients.map((one) => ({ patientId: one.id, label: labelOf(one) })),
    chosen: chosen ? { patientId: chosen.id, who: nameOf(chosen), by: conversation.patientSaidBy ?? 'app' } : null,
    phone: maskPhone(conversation.phone),
    state: conversation.state,
    languages: about.flatMap(({ language }) => language ?? []),
    groups: [...new Set(groups.map(({ group }) => group.name))],
    optedOut: phone?.optedOutAt != null,
    reveal: revealTarget(ports.clinic, { conversationId }),
    takenBy: conversation.takenBy,
    onCall: clinic.conversations.current().onCall,
    waitingHours: waitingHours(ports, conversation),
    ...(await newestReply(ports, conversation)),
  };
}

/** Two of a family may have the same name: the id tells them apart. */
const labelOf = (patient: StoredPatient): string =>
  `${nameOf(patient)} (id ${maskedId(patient.externalId, patient.phone)})`;

const waitingHours = (
  { clock }: Gathering,
  { remindedAt, waitingSince, takenBy }: StoredConversation,
): number | null =>
  remindedAt === null || waitingSince === null || takenBy !== null
    ? null
    : Math.floor((clock.now().getTime() - waitingSince.getTime()) / HOUR_MS);

async function newestReply(
  { store }: Gathering,
  { id, phone }: StoredConversation,
): Promise<Pick<ConversationCard, 'reply' | 'campaign'>> {
  const reply = await store.conversations.lastReply(id);
  if (!reply) return { reply: null, campaign: null };
  const campaign = reply.answersCampaign;
  const sent = campaign ? await store.conversations.campaignText(campaign.id, phone) : null;
  const { text, replyClass, answer, createdAt: at, classifiedBy: why } = reply;
  return {
    reply: { text, replyClass, answer, why, at },
    campaign: campaign ? { templateName: campaign.templateVersion.template.name, text: sent?.text ?? '' } : null,
  };
}

export async function replyCard(ports: Gathering, messageId: number): Promise<ReplyCard | null> {
  const message = await ports.store.messages.byId(messageId);
  if (!message) return null;
  return {
    kind: 'reply',
    messageId,
    who: await whoOf(ports, message.phone),
    text: message.text,
    replyClass: message.replyClass,
    answer: message.answer,
    why: message.classifiedBy,
    at: message.createdAt,
    mediaCount: (JSON.parse(message.media ?? '[]') as string[]).length,
    onCall: ports.clinic.conversations.current().onCall,
  };
}
