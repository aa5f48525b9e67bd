import { AppError } from '../../domain/errors';
import { maskedName } from '../../domain/masking';
import { maskPhone, parsePhoneNumber } from '../../domain/phone-number';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { headKey } from './show-reply';
import { closedNow } from './thread-cards';
import { zoneSetOfPhone } from './zones-of-phone';

export interface OpenedConversation {
  readonly who: string;
  readonly conversationId: number;
  readonly channel: string;
  /** Set when the texting window is closed: when it opens, on the patient's clock. */
  readonly opens: string | null;
}

/**
 * Opens the thread of one patient, so that staff can text first.
 * @throws AppError FORBIDDEN, PATIENT_UNKNOWN, WHICH_PATIENT
 */
export async function openConversation(
  ports: Ports,
  { actor, words }: { actor: string; words: string },
): Promise<OpenedConversation> {
  await requireRight(ports, actor, 'conversations.start');
  const { phone, who } = await resolvePatient(ports, words);
  const at = ports.clock.now();
  const usual = ports.clinic.channels.replies;
  const conversation = await ports.store.transaction(async (tx) => {
    const conversation = await tx.conversations.ensure(phone, usual, at);
    await tx.conversations.update(conversation.id, {
      state: 'OPEN',
      ...(conversation.takenBy === null ? { takenBy: actor, takenAt: at } : {}),
    });
    await tx.posts.want(
      {
        key: headKey(conversation.id),
        kind: 'conversation',
        ref: conversation.id,
        channel: conversation.channel,
        priority: 1,
      },
      at,
    );
    await tx.audit.append({ at, actor, action: 'conversation.open', subject: `conversation:${conversation.id}` });
    return conversation;
  });
  ports.wake.posts();
  const closed = closedNow(ports, await zoneSetOfPhone(ports.store, phone, ports.clinic));
  const { id: conversationId, channel } = conversation;
  return { who, conversationId, channel, opens: closed && (closed.opens ?? 'an admin changes the hours') };
}

/** The same from a patient's card. @throws AppError FORBIDDEN, NOT_FOUND */
export async function openConversationOf(
  ports: Ports,
  { patientId, actor }: { patientId: number; actor: string },
): Promise<{ who: string; conversationId: number }> {
  await requireRight(ports, actor, 'conversations.start');
  const patient = await ports.store.patients.byId(patientId);
  if (!patient) throw notFound('patient', patientId);
  return openConversation(ports, { actor, words: patient.phone });
}

async function resolvePatient({ store, clinic }: Ports, words: string): Promise<{ phone: string; who: string }> {
  const number = parsePhoneNumber(words, clinic.country);
  const owners = number.ok ? await store.patients.byPhone(number.e164) : await store.patients.find(words, 3);
  const exact = owners.filter(({ externalId }) => externalId === words);
  const [one, ...others] = exact.length === 1 ? exact : owners;
  if (one && (others.length === 0 || number.ok))
    return { phone: one.phone, who: maskedName(one.firstName, one.lastName) };
  if (number.ok) return { phone: number.e164, who: `the number ${maskPhone(number.e164)}` };
  if (!one)
    throw new AppError('PATIENT_UNKNOWN', {
      message: 'no such patient',
      userMessage: 'Nobody is found by that. Use the patient id or the phone number.',
    });
  throw new AppError('WHICH_PATIENT', {
    message: 'several patients match',
    userMessage: 'Several patients match. Use the patient id or the phone number: /outreach patient shows them.',
  });
}
