import type { Ports } from '../ports';
import { approvalOf } from './approval';
import { moveBy } from './control-campaign';
import { tellRequester } from './tell-requester';
import { holdsToWhatWasShown } from './void-approval';

/** Scheduled campaigns whose time has come. Approvals are looked at again: a ✅ may have been taken back. */
export async function startDueCampaigns(ports: Ports): Promise<void> {
  const at = ports.clock.now();
  const due = (await ports.store.campaigns.inState(['SCHEDULED'])).filter(
    ({ startAt }) => startAt === null || startAt <= at,
  );
  // Asked before the transactions: Slack may take its time, and everything else would wait.
  if (due.length > 0) await ports.directory.roles();
  for (const { id } of due) {
    if (!(await holdsToWhatWasShown(ports, id))) continue;
    await ports.store.transaction(async (tx) => {
      const campaign = await tx.campaigns.byId(id);
      if (campaign?.state !== 'SCHEDULED') return;
      const status = await approvalOf(ports, tx, campaign);
      if (status === 'approved') await moveBy(tx, { campaign, event: 'start', actor: 'app', at, approval: 'approved' });
      else {
        await moveBy(tx, { campaign, event: 'withdraw', actor: 'app', at });
        const body =
          '↩️ your send was to start now, but whoever approved it is no reviewer any more: it waits for approval.';
        await tellRequester(tx, campaign, { key: `withdrawn:${at.getTime()}`, at, body });
      }
    });
    ports.wake.dispatch();
    ports.wake.posts();
  }
}
