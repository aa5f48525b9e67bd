import { AppError } from '../../domain/errors';
import { maskedName } from '../../domain/masking';
import { erasedNumber, maskPhone } from '../../domain/phone-number';
import { readReason } from '../../domain/reason';
import { headKey } from '../conversations/show-reply';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';

export interface Erasure {
  readonly texts: number;
  /** Somebody else has the number: the number and its conversation stay. */
  readonly isShared: boolean;
  /** The number is still opted out. */
  readonly staysOptedOut: boolean;
}

/** Whom it is about, masked. @throws AppError FORBIDDEN, NOT_FOUND */
export async function patientToErase(
  ports: Ports,
  { patientId, actor }: { readonly patientId: number; readonly actor: string },
) {
  await requireRight(ports, actor, 'patients.erase');
  const patient = await ports.store.patients.byId(patientId);
  if (!patient) throw notFound('patient', patientId);
  const { firstName, lastName, phone, externalId } = patient;
  return { patientId, who: maskedName(firstName, lastName), phone: maskPhone(phone), externalId };
}

/**
 * Removes what says who a patient was: profile, groups, import rows, and the texts, here at once and at Twilio as soon as
 * it takes them. Ids stay in counts and in the record. An opt-out keeps its number as it is: a hash of ten digits hides
 * nothing, and whoever asked for no texts must not get any when they stand in a file again.
 * @throws AppError FORBIDDEN, NOT_FOUND, REASON_MISSING, TEXT_UNDER_WAY
 */
export async function erasePatient(
  ports: Ports,
  asked: { readonly patientId: number; readonly reason: string; readonly actor: string },
): Promise<Erasure> {
  await requireRight(ports, asked.actor, 'patients.erase');
  const done = await erase(ports, asked);
  ports.wake.posts();
  return done;
}

/** For who has the database in hand: on the command line nobody's role is asked. */
export async function erase(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  { patientId, reason: typed, actor }: { readonly patientId: number; readonly reason: string; readonly actor: string },
): Promise<Erasure> {
  const reason = readReason(typed);
  const at = clock.now();
  return store.transaction(async (tx) => {
    const patient = await tx.patients.byId(patientId);
    if (!patient) throw notFound('patient', patientId);
    const { phone, externalId } = patient;
    if (await tx.erasures.isUnderWay({ patientId, phone })) throw underWay(patientId);
    const isShared = (await tx.patients.byPhone(phone)).length > 1;
    const staysOptedOut = (await tx.patients.phone(phone))?.optedOutAt != null;
    const erased = { patientId, externalId, phone, isShared, standIn: erasedNumber(patientId), at };
    const texts = await tx.erasures.emptyTexts(erased);
    await tx.erasures.removeImportRows(erased);
    const conversationId = await tx.erasures.closeConversation(erased);
    await tx.erasures.removeProfile(erased);
    if (conversationId !== null) await tx.erasures.touchPosts(headKey(conversationId));
    const detail = { reason, texts, isShared, staysOptedOut };
    await tx.audit.append({ at, actor, action: 'patient.erase', subject: `patient:${patientId}`, patientId, detail });
    return { texts, isShared, staysOptedOut };
  });
}

const underWay = (patientId: number): AppError =>
  new AppError('TEXT_UNDER_WAY', {
    message: `a text to patient ${patientId} is under way`,
    userMessage: 'A text to this number is going out at this moment. Nothing was erased: try again in a minute.',
  });
