import { AppError } from '../../domain/errors';
import { readReason } from '../../domain/outside-window';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { headKey } from './show-reply';

/** Where an admin undoes an opt-out: `conversation:12` (the head card), `patient:7` (the patient's card). */
export type OptOutPlace = string;

/**
 * Only admins, only with a reason, on the record. The carriers keep a STOP of their own: a text to such a number comes back
 * as 21610, and is an opt-out again.
 * @throws AppError FORBIDDEN, NOT_FOUND, REASON_MISSING, NOT_OPTED_OUT
 */
export async function undoOptOut(
  ports: Ports,
  { place, actor, reason: typed }: { place: OptOutPlace; actor: string; reason: string },
): Promise<void> {
  await requireRight(ports, actor, 'optOuts.undo');
  const number = await numberAt(ports, place);
  const reason = readReason(typed);
  if (reason === null)
    throw new AppError('REASON_MISSING', {
      message: 'undo without a reason',
      userMessage: 'Say why, in a few words. It goes on the record.',
    });
  const phone = await ports.store.patients.phone(number);
  if (phone?.optedOutAt == null)
    throw new AppError('NOT_OPTED_OUT', {
      message: `${place} is not opted out`,
      userMessage: 'This number is not opted out any more.',
    });
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    await tx.patients.optIn(number);
    const detail = { reason, via: phone.optedOutVia, before: { optedOut: true }, after: { optedOut: false } };
    await tx.audit.append({ at, actor, action: 'phone.undo_opt_out', subject: place, detail });
    const conversation = await tx.conversations.byPhone(number);
    if (conversation) await tx.posts.touch(headKey(conversation.id));
  });
  ports.wake.posts();
}

async function numberAt({ store }: Ports, place: OptOutPlace): Promise<string> {
  const [kind, id] = place.split(':');
  const found =
    kind === 'conversation' ? await store.conversations.byId(Number(id)) : await store.patients.byId(Number(id));
  if (!found) throw notFound(kind ?? 'patient', id ?? '');
  return found.phone;
}
