import { CAMPAIGN_STATES, canTransition } from '../../domain/campaign';
import { AppError } from '../../domain/errors';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';

export type ControlEvent = 'pause' | 'resume' | 'cancel';

/**
 * The campaign that a command means: the one with this number, or the only one with which it can be done.
 * @throws AppError FORBIDDEN, NOTHING_TO_CONTROL, WHICH_CAMPAIGN with the numbers that there are
 */
export async function findControllable(
  ports: Pick<Ports, 'store' | 'directory'>,
  { event, number, actor }: { event: ControlEvent; number: number | null; actor: string },
): Promise<number> {
  await requireRight(ports, actor, 'campaigns.control');
  if (number !== null) return number;
  const states = CAMPAIGN_STATES.filter(
    (state) => canTransition(state, event) && state !== 'DRAFT' && state !== 'REJECTED' && state !== 'EXPIRED',
  );
  const found = await ports.store.campaigns.inState(states);
  const [only] = found;
  if (only && found.length === 1) return only.id;
  if (!only)
    throw new AppError('NOTHING_TO_CONTROL', {
      message: `nothing to ${event}`,
      userMessage: `There is no send to ${event}.`,
    });
  throw new AppError('WHICH_CAMPAIGN', {
    message: `several campaigns to ${event}`,
    userMessage: `Which one? Type /outreach ${event} and a number: ${found.map(({ id }) => id).join(', ')}. /outreach status shows them.`,
  });
}
