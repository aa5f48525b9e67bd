import type { FoundPatients } from '../../domain/cards/patient-cards';
import { parsePhoneNumber } from '../../domain/phone-number';
import type { StoredPatient } from '../../store/patients';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { patientCard, patientRows } from './patient-card';

const MOST = 10;

/** Patients by id, phone number or name, masked. @throws AppError FORBIDDEN */
export async function findPatients(
  ports: Ports,
  { actor, words }: { actor: string; words: string },
): Promise<FoundPatients> {
  await requireRight(ports, actor, 'patients.find');
  return shown(ports, actor, await search(ports, words));
}

/** Everybody on the number of a conversation. @throws AppError FORBIDDEN, NOT_FOUND */
export async function patientsOfConversation(
  ports: Ports,
  { actor, conversationId }: { actor: string; conversationId: number },
): Promise<FoundPatients> {
  await requireRight(ports, actor, 'patients.find');
  const conversation = await ports.store.conversations.byId(conversationId);
  if (!conversation) throw notFound('conversation', conversationId);
  return shown(ports, actor, await ports.store.patients.byPhone(conversation.phone));
}

async function shown(ports: Ports, actor: string, found: readonly StoredPatient[]): Promise<FoundPatients> {
  const [only] = found;
  if (only && found.length === 1) return { kind: 'one', card: await patientCard(ports, { actor, patientId: only.id }) };
  return { kind: 'several', rows: await patientRows(ports, found.slice(0, MOST)), more: found.length > MOST };
}

/** A whole number is everybody who has it. */
async function search({ store, clinic }: Ports, words: string): Promise<StoredPatient[]> {
  const found = await store.patients.find(words, MOST + 1);
  if (found.length > 0) return found;
  const number = parsePhoneNumber(words, clinic.country);
  return number.ok ? store.patients.byPhone(number.e164) : [];
}
