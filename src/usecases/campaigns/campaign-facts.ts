import { EXCLUSION_IN_WORDS, type ExclusionReason } from '../../domain/audience';
import type { CampaignFacts } from '../../domain/cards/card';
import { maskedName } from '../../domain/masking';
import type { Ports } from '../ports';

const SAMPLES = 3;

/** What is the same on a campaign's card and on its approval card. */
export async function campaignFacts({ store, clinic }: Ports, campaignId: number): Promise<CampaignFacts | null> {
  const campaign = await store.campaigns.byId(campaignId);
  if (!campaign) return null;
  const { groupIds } = JSON.parse(campaign.audience) as { groupIds: number[] };
  const groups = await store.groups.byIds(groupIds);
  const segments = await store.campaigns.segments(campaignId);
  const samples = await store.campaigns.samples(campaignId, SAMPLES);
  const exclusions = await store.campaigns.exclusions(campaignId);
  return {
    campaignId,
    templateName: campaign.templateVersion.template.name,
    audience: groups.map(({ name }) => name).join(', '),
    requestedBy: campaign.requestedBy,
    recipients: campaign.recipients,
    excluded: exclusions.map(({ reason, count }) => ({ reason: EXCLUSION_IN_WORDS[reason as ExclusionReason], count })),
    samples: samples.map(({ patient, text }) => ({
      who: maskedName(patient?.firstName ?? '', patient?.lastName ?? ''),
      text,
    })),
    segments,
    cost: segments * clinic.pricePerSegment,
    minutes: clinic.rate === 0 ? 0 : segments / clinic.rate / 60,
    startAt: campaign.startAt,
    timeZone: clinic.timeZone,
    approvalsNeeded: campaign.approvalsNeeded,
  };
}
