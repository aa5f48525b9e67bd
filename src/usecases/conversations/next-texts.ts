import { orderOfWork } from '../../domain/order-of-work';
import type { StoredMessage } from '../../store/messages';
import type { Ports } from '../ports';

/** Worked on before looking again who is next. */
const A_ROUND = 50;
/** Among so many that wait the most pressing are looked for. */
const LOOK_AHEAD = 5_000;

/** The patients' texts to be worked on next: of a few as they came, of thousands the most pressing. */
export async function nextTexts({ store }: Ports, emergencyWords: readonly string[]): Promise<StoredMessage[]> {
  const waiting = await store.messages.waiting(LOOK_AHEAD);
  const ordered = waiting.length <= A_ROUND ? waiting : orderOfWork(waiting, emergencyWords);
  return store.messages.byIds(ordered.slice(0, A_ROUND).map(({ id }) => id));
}
