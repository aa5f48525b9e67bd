import { type Audience, readAudience } from '../../domain/audience';
import { AppError } from '../../domain/errors';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';

export interface EditableCampaign {
  readonly templateId: number;
  readonly audience: Audience;
  readonly startAt: Date | null;
  readonly atClose: 'CARRY_OVER' | 'EXPIRE';
}

/**
 * What a draft was asked for, for the form. A file has to be chosen again: Slack's forms take none that is there.
 * @throws AppError FORBIDDEN, NOT_FOUND, CAMPAIGN_WRONG_STATE
 */
export async function editableCampaign(ports: Ports, campaignId: number, actor: string): Promise<EditableCampaign> {
  await requireRight(ports, actor, 'campaigns.send');
  const campaign = await ports.store.campaigns.byId(campaignId);
  if (!campaign) throw notFound('send', campaignId);
  if (campaign.state !== 'DRAFT')
    throw new AppError('CAMPAIGN_WRONG_STATE', {
      message: `campaign ${campaignId} is no draft any more`,
      userMessage: 'This send has gone on meanwhile: look at its card. To send something else: /outreach send',
    });
  const { templateVersion, audience, atClose } = campaign;
  // A time that has passed would only be refused when the form comes back.
  const startAt = campaign.startAt !== null && campaign.startAt > ports.clock.now() ? campaign.startAt : null;
  return { templateId: templateVersion.templateId, audience: readAudience(audience), startAt, atClose };
}
