import type { Tx } from '../../store/store';
import { skipQueuedTo } from '../messages/message-changed';
import { headKey } from '../conversations/show-reply';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';

/** Staff opt a patient out, from their card: their number gets no more texts. @throws AppError FORBIDDEN, NOT_FOUND */
export async function optOutPatient(
  ports: Ports,
  { patientId, actor }: { patientId: number; actor: string },
): Promise<void> {
  await requireRight(ports, actor, 'conversations.optOut');
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const patient = await tx.patients.byId(patientId);
    if (!patient) throw notFound('patient', patientId);
    if ((await tx.patients.phone(patient.phone))?.optedOutAt != null) return;
    await endTexting(tx, { phone: patient.phone, actor, at });
    const subject = `patient:${patientId}`;
    await tx.audit.append({ at, actor, action: 'phone.opt_out', subject, patientId, detail: OPTED_OUT });
  });
  ports.wake.posts();
}

/** Before and after, as the record has it. */
const OPTED_OUT = { before: { optedOut: false }, after: { optedOut: true } } as const;

async function endTexting(tx: Tx, { phone, actor, at }: { phone: string; actor: string; at: Date }): Promise<void> {
  await tx.patients.optOut(phone, { at, via: 'staff', note: actor });
  await skipQueuedTo(tx, phone, at);
  const conversation = await tx.conversations.byPhone(phone);
  if (conversation) await tx.posts.touch(headKey(conversation.id));
}
