import { randomUUID } from 'node:crypto';
import { AppError } from '../../domain/errors';
import type { Ports } from '../../usecases/ports';
import { refusal } from '../blocks/words';
import { isSlacks, slackError } from '../outcomes';

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
  return `${whatHappened(error)} If it stays, give an admin this reference: ${reference}`;
}

/** Slack's own troubles have nothing to do with what was typed, and are over sooner. */
function whatHappened(error: unknown): string {
  const said = slackError(error);
  if (said !== null && TOO_LATE.has(said)) return 'Slack’s three seconds for opening a form were over. Try again.';
  if (said !== null && NOT_ALLOWED.has(said))
    return 'Slack does not allow the app to do this: an admin finds out why with “Check the installation” on the app’s Home tab.';
  if (isSlacks(error)) return 'Slack did not do its part; nothing was lost. Try again in a moment.';
  return 'Something went wrong on our side; nothing was lost. Try again.';
}

const TOO_LATE = new Set(['expired_trigger_id', 'trigger_expired', 'trigger_exchanged']);
const NOT_ALLOWED = new Set(['missing_scope', 'not_allowed_token_type', 'no_permission', 'unknown_method']);
