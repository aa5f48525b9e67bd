import { audienceInWords, EXCLUSION_IN_WORDS, type ExclusionReason, readAudience } from '../../domain/audience';
import { type AudiencePreview, readPreview } from '../../domain/audience-preview';
import type { CampaignFacts } from '../../domain/cards/card';
import { maskedName } from '../../domain/masking';
import type { Ports } from '../ports';
import { planOf } from './plan-campaign';

const SAMPLES = 3;

type Campaign = NonNullable<Awaited<ReturnType<Ports['store']['campaigns']['byId']>>>;

/** What is the same on a campaign's card and on its approval card. */
export async function campaignFacts(ports: Ports, campaignId: number): Promise<CampaignFacts | null> {
  const { store, clinic } = ports;
  const campaign = await store.campaigns.byId(campaignId);
  if (!campaign) return null;
  const preview = readPreview(campaign.preview);
  const segments = preview?.segments ?? (await store.campaigns.segments(campaignId));
  const isOpen = ['DRAFT', 'AWAITING_APPROVAL', 'SCHEDULED'].includes(campaign.state);
  return {
    campaignId,
    templateName: campaign.templateVersion.template.name,
    audience: await audienceOf(ports, campaign),
    requestedBy: campaign.requestedBy,
    recipients: campaign.recipients,
    excluded: preview?.excluded.map(inWords) ?? (await store.campaigns.exclusions(campaignId)).map(inWords),
    samples: await samplesOf(ports, campaign, preview),
    languages: preview?.languages.map(({ language, recipients }) => ({ language, recipients })) ?? [],
    fallbacks: preview?.fallbacks ?? [],
    empty: preview?.empty ?? [],
    unknownInFile: preview?.unknown ?? { count: 0, lines: [] },
    segments,
    cost: segments * clinic.pricePerSegment,
    minutes: clinic.rate === 0 ? 0 : segments / clinic.rate / 60,
    rate: clinic.rate,
    plan: isOpen && preview !== null ? await planOf(ports, campaign, preview) : [],
    atClose: campaign.atClose,
    startAt: campaign.startAt,
    timeZone: clinic.timeZone,
    approvalsNeeded: campaign.approvalsNeeded,
  };
}

const inWords = ({ reason, count }: { reason: string; count: number }) => ({
  code: reason,
  reason: EXCLUSION_IN_WORDS[reason as ExclusionReason],
  count,
});

async function audienceOf({ store }: Ports, campaign: Campaign): Promise<string> {
  const audience = readAudience(campaign.audience);
  const namesOf = async (ids: readonly number[]): Promise<string[]> =>
    ids.length === 0
      ? []
      : (await store.groups.everByIds(ids)).map(({ name, deletedAt }) =>
          deletedAt === null ? name : `${name} (deleted since)`,
        );
  const earlier = audience.earlier === null ? null : await store.campaigns.byId(audience.earlier.campaignId);
  return audienceInWords(audience, {
    groups: await namesOf(audience.groupIds),
    except: await namesOf(audience.exceptGroupIds),
    languages: audience.languages,
    earlierTemplate: earlier?.templateVersion.template.name ?? null,
  });
}

/** Three real texts of each language. */
async function samplesOf(
  { store }: Ports,
  { id }: Campaign,
  preview: AudiencePreview | null,
): Promise<CampaignFacts['samples']> {
  const shown = preview?.languages ?? [{ language: 'default', patients: null }];
  const samples = [];
  for (const { language, patients } of shown) {
    for (const { patient, text } of await store.campaigns.samples(id, patients ?? SAMPLES)) {
      samples.push({ language, who: maskedName(patient?.firstName ?? '', patient?.lastName ?? ''), text });
    }
  }
  return samples;
}
