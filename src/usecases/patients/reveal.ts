import type { Revealed } from '../../domain/cards/revealed';
import { AppError } from '../../domain/errors';
import { readReason } from '../../domain/reason';
import type { StoredPatient } from '../../store/patients';
import { notFound, requireRight } from '../permissions';
import type { Clinic, Ports } from '../ports';

/** How long a full name and number stand on a screen, in ms. */
const REVEALED_MS = 5 * 60_000;

/** After this long a window that Slack does not let us change is given up: its person has long closed it, in ms. */
const GIVE_UP_MS = 24 * 3_600_000;

/** What a Reveal button asks for; null where `REVEAL=off`. Any card may carry the button: slack/blocks/reveal-button. */
export const revealTarget = (
  { mayReveal }: Pick<Clinic, 'mayReveal'>,
  whom: { readonly patientId: number } | { readonly conversationId: number },
): string | null => {
  if (!mayReveal) return null;
  return 'patientId' in whom ? `patient:${whom.patientId}` : `conversation:${whom.conversationId}`;
};

/** @throws AppError FORBIDDEN, REVEAL_OFF */
export async function requireReveal(ports: Ports, actor: string): Promise<void> {
  await requireRight(ports, actor, 'patients.reveal');
  if (ports.clinic.mayReveal) return;
  throw new AppError('REVEAL_OFF', {
    message: 'REVEAL is off',
    userMessage: 'Full names and numbers are not shown in Slack here (REVEAL=off). Look in your patient records.',
  });
}

/**
 * Full names and the number behind a card, for the one who asks. On the record before it is answered: a row for each
 * patient, with the reason. `viewId` is the window that will show it; {@link hideRevealed} empties it again.
 * @throws AppError FORBIDDEN, REVEAL_OFF, REASON_MISSING, NOT_FOUND
 */
export async function reveal(
  ports: Ports,
  { target, reason, actor, viewId }: { target: string; reason: string; actor: string; viewId: string },
): Promise<Revealed> {
  await requireReveal(ports, actor);
  const why = readReason(reason);
  const { phone, patients } = await whoIs(ports, target);
  const at = ports.clock.now();
  const until = new Date(at.getTime() + REVEALED_MS);
  await ports.store.transaction(async (tx) => {
    const record = { at, actor, action: 'patient.reveal', subject: target, detail: { reason: why } };
    for (const { id } of patients) await tx.audit.append({ ...record, patientId: id });
    if (patients.length === 0) await tx.audit.append(record);
    await tx.reveals.add({ actor, subject: target, viewId, until });
  });
  const people = patients.map(({ firstName, lastName, externalId }) => ({
    name: `${firstName} ${lastName}`.trim(),
    externalId,
  }));
  return { people, phone, until };
}

async function whoIs({ store }: Ports, target: string): Promise<{ phone: string; patients: StoredPatient[] }> {
  const [, kind, id] = /^(patient|conversation):(\d{1,15})$/.exec(target) ?? [];
  if (kind === 'patient') {
    const patient = await store.patients.byId(Number(id));
    if (patient) return { phone: patient.phone, patients: [patient] };
  }
  if (kind === 'conversation') {
    const conversation = await store.conversations.byId(Number(id));
    if (conversation) return { phone: conversation.phone, patients: await store.patients.byPhone(conversation.phone) };
  }
  throw notFound('patient', target);
}

/** Takes off the screens what has been seen for five minutes. Asked again until Slack has done it, over restarts too. */
export async function hideRevealed(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  for (const { id, viewId, until } of await ports.store.reveals.due(now)) {
    try {
      await ports.room.hideRevealed(viewId);
    } catch (err) {
      ports.log.warn({ err, revealId: id }, 'what was revealed cannot be hidden yet');
      if (now.getTime() - until.getTime() < GIVE_UP_MS) continue;
    }
    await ports.store.reveals.markHidden(id, now);
  }
}
