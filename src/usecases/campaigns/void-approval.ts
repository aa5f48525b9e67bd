import type { Ports } from '../ports';
import { moveBy } from './control-campaign';
import { isAsFrozen } from './frozen-content';
import { tellRequester } from './tell-requester';

/** For the card of the send, and for whoever pressed or reacted. */
export const CHANGED =
  'Its texts or its patients are not those that reviewers were shown, so every approval of it is void. Nothing was sent.';

/**
 * Looks whether a campaign that is about to be released still is what its reviewers were shown. If not, it is a draft
 * again that cannot go, nothing of it waits in the queue, and everybody can see why.
 * @returns whether it may go on
 */
export async function holdsToWhatWasShown(ports: Ports, campaignId: number): Promise<boolean> {
  const { store, clock } = ports;
  const shown = await store.campaigns.byId(campaignId);
  if (!shown || !isToBeReleased(shown.state) || shown.approvalsNeeded === 0 || (await isAsFrozen(ports, shown)))
    return true;
  const at = clock.now();
  await store.transaction(async (tx) => {
    const campaign = await tx.campaigns.byId(campaignId);
    if (!campaign || !isToBeReleased(campaign.state)) return;
    await moveBy(tx, { campaign, event: 'change', actor: 'app', at });
    await tx.campaigns.refuse(campaignId, CHANGED);
    await tx.campaigns.cancelQueued(campaignId, at);
    const body = `⚠️ your send was not released. ${CHANGED} Press *Change* on its card to preview it anew.`;
    await tellRequester(tx, campaign, { key: 'changed', at, body });
  });
  ports.log.warn({ campaignId }, 'a campaign is not what was frozen any more: its approvals are void');
  ports.wake.posts();
  return false;
}

const isToBeReleased = (state: string): boolean => state === 'AWAITING_APPROVAL' || state === 'SCHEDULED';
