import type { Ports } from '../ports';
import { moveRequests } from '../posts/waiting-requests';
import { catchUpReviews } from '../templates/review-template';
import { catchUpReactionsOf } from './decide-campaign';
import { catchUpRejectReasons } from './reject-reason';

/**
 * Reactions that were made while the app was down count when it is back; so do the reasons of those who rejected. Only
 * then what waits goes on in another channel, if the clinic has chosen one.
 */
export async function catchUpRequests(ports: Ports): Promise<void> {
  await catchUpReviews(ports);
  for (const { id } of await ports.store.campaigns.inState(['AWAITING_APPROVAL', 'SCHEDULED'])) {
    await catchUpReactionsOf(ports, id);
  }
  await catchUpRejectReasons(ports);
  await moveRequests(ports);
}
