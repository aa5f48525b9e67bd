import { afterHoursAnswerIsDue, clinicHoursOf } from '../../domain/conversation-settings';
import { isOpen, nextOpening } from '../../domain/texting-window';
import type { StoredConversation } from '../../store/conversations';
import type { StoredMessage } from '../../store/messages';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import { queueText } from './queue-text';
import { afterHoursAnswer } from './wording';

/**
 * Nobody is there to read it: the patient is told so, when we are back, and whom to call in an emergency. At most once in
 * 12 hours to a number. Call it for what needs a person only: an opt-out is never answered so.
 */
export async function answerAfterHours(
  { clinic }: Pick<Ports, 'clinic'>,
  tx: Tx,
  { message, conversation, now }: { message: StoredMessage; conversation: StoredConversation; now: Date },
): Promise<void> {
  const hours = clinicHoursOf(clinic.conversations.current())?.base;
  const zones = [clinic.timeZone];
  if (!hours || isOpen(hours, zones, now) || !afterHoursAnswerIsDue(conversation.afterHoursAt, now)) return;
  const phone = await tx.patients.phone(message.phone);
  if (phone?.optedOutAt != null) return;
  const patients = await tx.patients.byPhone(message.phone);
  const isSpanish = patients.length > 0 && patients.every(({ language }) => language?.startsWith('es') === true);
  const queued = await queueText(
    tx,
    {
      key: `after-hours:${message.sid}`,
      purpose: 'AUTOMATIC',
      phone: message.phone,
      text: afterHoursAnswer(clinic, { opens: nextOpening(hours, zones, now), isSpanish }),
      conversationId: conversation.id,
      sentBy: null,
      lastInboundAt: message.createdAt,
      causedAt: message.createdAt,
      at: now,
    },
    clinic,
  );
  if (queued) await tx.conversations.update(conversation.id, { afterHoursAt: now });
}
