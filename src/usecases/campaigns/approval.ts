import { type ApprovalStatus, approvalStatus } from '../../domain/campaign';
import type { Tx } from '../../store/store';
import type { Ports } from '../ports';
import type { Request } from '../posts/requests';
import { approvalKey } from './control-campaign';

/** The card on which a send is approved or rejected. */
export const approvalRequest = ({ clinic }: Pick<Ports, 'clinic'>, campaignId: number): Request => ({
  key: approvalKey(campaignId),
  kind: 'approval',
  ref: campaignId,
  channel: clinic.channels.approvals,
  priority: 3,
});

interface Requested {
  readonly id: number;
  readonly approvalsNeeded: number;
  readonly requestedBy: string;
  readonly contentHash: string;
}

/** Where the approval of a campaign stands, by the reviewers of this moment and for this exact content. */
export async function approvalOf(
  ports: Pick<Ports, 'directory'>,
  tx: Tx,
  campaign: Requested,
): Promise<ApprovalStatus> {
  const { reviewers } = await ports.directory.roles();
  const decisions = await tx.campaigns.approvals(campaign.id);
  return approvalStatus({
    needed: campaign.approvalsNeeded >= 2 ? 2 : campaign.approvalsNeeded === 1 ? 1 : 0,
    requestedBy: campaign.requestedBy,
    reactions: decisions
      .filter(({ contentHash }) => contentHash === campaign.contentHash)
      .map(({ userId, decision }) => ({ user: userId, kind: decision === 'APPROVE' ? 'approve' : 'reject' })),
    reviewers,
  });
}
