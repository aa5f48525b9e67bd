import { randomUUID } from 'node:crypto';
import { AppError } from '../../domain/errors';
import type { Ports } from '../../usecases/ports';
import { refusal } from '../blocks/words';

/** Says something to the one person who asked. */
export type Tell = (text: string) => Promise<unknown>;

/**
 * Runs what a person asked for. A refusal that was foreseen is told in its own words; anything else is a fault, of which
 * they get a reference id and the log the rest.
 */
export async function guarded(ports: Pick<Ports, 'log'>, tell: Tell, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await tell(refusal(explain(ports, error))).catch((err: unknown) =>
      ports.log.warn({ err }, 'the answer did not reach Slack'),
    );
  }
}

/** In plain text, for a form's field; in a message it goes through `refusal`. */
export function explain({ log }: Pick<Ports, 'log'>, error: unknown): string {
  if (error instanceof AppError) return error.userMessage;
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference }, 'a request of staff failed');
  return `Something went wrong on our side; nothing was lost. Try again, and if it stays, give an admin this reference: ${reference}`;
}
