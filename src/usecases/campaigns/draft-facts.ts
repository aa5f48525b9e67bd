import type { CampaignCard } from '../../domain/cards/card';
import type { Ports } from '../ports';

interface Draft {
  readonly state: string;
  readonly frozenAt: Date | null;
  readonly preview: string;
  readonly problem: string | null;
  readonly templateVersion: { readonly id: number; readonly number: number; readonly templateId: number };
}

/** What only matters before a campaign goes: how far its freezing is, and whether its template has moved on since. */
export async function draftFacts(
  { store, clinic }: Pick<Ports, 'store' | 'clinic'>,
  { state, frozenAt, preview, problem, templateVersion }: Draft,
): Promise<Pick<CampaignCard, 'versionId' | 'freezing' | 'problem' | 'edited'>> {
  const versionId = templateVersion.id;
  const isDraft = state === 'DRAFT';
  if (!isDraft && state !== 'AWAITING_APPROVAL' && state !== 'SCHEDULED')
    return { versionId, freezing: null, problem: null, edited: null };
  const { progress } = JSON.parse(preview) as { progress?: { looked: number; recipients: number } };
  const latest = await store.templates.usable(templateVersion.templateId, { reviewed: clinic.templateReview });
  const isOld = latest !== null && latest.id !== templateVersion.id;
  return {
    versionId,
    freezing: isDraft && frozenAt === null ? (progress ?? { looked: 0, recipients: 0 }) : null,
    problem,
    edited:
      latest?.template.archivedAt != null
        ? 'archived'
        : isOld
          ? { shown: templateVersion.number, latest: latest.number }
          : null,
  };
}
