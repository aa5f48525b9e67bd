import type { TestCard } from '../../domain/cards/template-cards';
import { maskPhone } from '../../domain/phone-number';
import { explainError } from '../../domain/twilio-errors';
import type { Ports } from '../ports';

/** What became of a test text, for the one who asked for it. */
export async function testCard({ store }: Ports, messageId: number): Promise<TestCard | null> {
  const message = await store.messages.byId(messageId);
  if (!message) return null;
  const { text, segments, phone, errorCode, reason } = message;
  const state = stateOf(message);
  const why = state === 'failed' ? explainError(errorCode ?? (reason === 'opted_out' ? 21610 : 0)).sentence : null;
  return { kind: 'test', text, segments, phone: maskPhone(phone), state, why };
}

/** Done from the carrier's acceptance on, as everywhere: some carriers never confirm delivery. */
function stateOf({ state, twilioStatus }: { state: string; twilioStatus: string | null }): TestCard['state'] {
  if (state === 'DELIVERED' || (state === 'SUBMITTED' && twilioStatus === 'sent')) return 'done';
  return ['QUEUED', 'SENDING', 'UNCERTAIN', 'SUBMITTED'].includes(state) ? 'waiting' : 'failed';
}
