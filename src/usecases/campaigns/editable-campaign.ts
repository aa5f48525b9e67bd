import { type Audience, readAudience } from '../../domain/audience';
import type { CampaignState } from '../../domain/campaign';
import { AppError } from '../../domain/errors';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';

export interface EditableCampaign {
  readonly templateId: number;
  readonly audience: Audience;
  readonly startAt: Date | null;
  readonly atClose: 'CARRY_OVER' | 'EXPIRE';
  /** Names of groups that it goes to and that were deleted since: the form cannot offer them. */
  readonly goneGroups: readonly string[];
  /** It waits, for approval or for its time: changing it takes it back. */
  readonly isWaiting: boolean;
}

/** Before anything of a send goes it can be changed; one that was rejected, or that nobody decided, can be asked for anew. */
const EDITABLE: readonly CampaignState[] = ['DRAFT', 'AWAITING_APPROVAL', 'SCHEDULED', 'REJECTED', 'EXPIRED'];
/** Of those, what is in the way of the changed one. */
export const REPLACED: readonly CampaignState[] = ['DRAFT', 'AWAITING_APPROVAL', 'SCHEDULED'];

export const isEditable = (state: CampaignState): boolean => EDITABLE.includes(state);

export const goneOn = (campaignId: number): AppError =>
  new AppError('CAMPAIGN_WRONG_STATE', {
    message: `campaign ${campaignId} cannot be changed any more`,
    userMessage: 'This send has gone on meanwhile: look at its card. To send something else: /outreach send',
  });

/**
 * What a send was asked for, for the form. A file has to be chosen again: Slack's forms take none that is there.
 * @throws AppError FORBIDDEN, NOT_FOUND, CAMPAIGN_WRONG_STATE; GROUP_GONE when a group was deleted since without which more
 *   people would be texted than by the send
 */
export async function editableCampaign(ports: Ports, campaignId: number, actor: string): Promise<EditableCampaign> {
  await requireRight(ports, actor, 'campaigns.send');
  const campaign = await ports.store.campaigns.byId(campaignId);
  if (!campaign) throw notFound('send', campaignId);
  if (!isEditable(campaign.state)) throw goneOn(campaignId);
  const { templateVersion, atClose } = campaign;
  const audience = readAudience(campaign.audience);
  const goneGroups = await deletedSince(ports, audience);
  const isWaiting = campaign.state === 'AWAITING_APPROVAL' || campaign.state === 'SCHEDULED';
  // A time that has passed would only be refused when the form comes back.
  const startAt = campaign.startAt !== null && campaign.startAt > ports.clock.now() ? campaign.startAt : null;
  return { templateId: templateVersion.templateId, audience, startAt, atClose, goneGroups, isWaiting };
}

/** @returns names of deleted groups that can be done without @throws AppError GROUP_GONE */
async function deletedSince({ store }: Ports, audience: Audience): Promise<string[]> {
  const { groupIds, exceptGroupIds, match } = audience;
  const gone = (await store.groups.everByIds([...groupIds, ...exceptGroupIds])).filter(({ deletedAt }) => deletedAt);
  const narrows = gone.find(({ id }) => exceptGroupIds.includes(id) || match === 'all');
  if (!narrows) return gone.map(({ name }) => name);
  const part = exceptGroupIds.includes(narrows.id) ? 'leaves out' : 'is narrowed to';
  throw new AppError('GROUP_GONE', {
    message: `group ${narrows.id}, by which a draft is narrowed, is gone`,
    userMessage: `“${narrows.name}”, which this send ${part}, was deleted since: changed, it would go to more people than its card shows. Leave it as it is, or press Cancel and choose anew: /outreach send`,
  });
}
