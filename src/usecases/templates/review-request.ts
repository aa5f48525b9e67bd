import type { Store } from '../../store/store';
import type { Ports } from '../ports';
import type { Request } from '../posts/requests';

export const reviewKey = (versionId: number): string => `template-review:${versionId}`;

/** The card on which a version is approved or rejected. */
export const reviewRequest = ({ clinic }: Pick<Ports, 'clinic'>, versionId: number): Request => ({
  key: reviewKey(versionId),
  kind: 'template_review',
  ref: versionId,
  channel: clinic.channels.approvals,
  priority: 2,
});

/** Whether anybody waits for a review of it: a newer version has taken the place of an older one. */
export async function isReviewOpen({ templates }: Pick<Store, 'templates'>, versionId: number): Promise<boolean> {
  const { template, templateId, approvedBy, rejectedBy } = await templates.version(versionId);
  const [newest] = await templates.versions(templateId, 1);
  return approvedBy === null && rejectedBy === null && template.archivedAt === null && newest?.id === versionId;
}
