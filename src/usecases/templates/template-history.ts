import type { TemplateHistory } from '../../domain/cards/template-cards';
import { formatExpectedReplies } from '../../domain/expected-replies';
import { changesBetween, type PartDiff, type VersionParts } from '../../domain/template/diff';
import { reviewState } from '../../domain/template-review';
import type { Store } from '../../store/store';
import { notFound, requireRight } from '../permissions';
import type { Ports } from '../ports';
import { expectedRepliesOf } from './stored-replies';

type Version = Awaited<ReturnType<Store['templates']['versions']>>[number];
type Told = Pick<Version, 'variants' | 'replies'>;

/** How many versions are shown; one more is read to compare the last of them with. */
const SHOWN = 10;

/**
 * Who changed what, newest first.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function templateHistory(
  ports: Ports,
  { templateId, actor }: { templateId: number; actor: string },
): Promise<TemplateHistory> {
  await requireRight(ports, actor, 'templates.read');
  const versions = await ports.store.templates.versions(templateId, SHOWN + 1);
  const [latest] = versions;
  if (!latest) throw notFound('template', templateId);
  return {
    name: latest.template.name,
    entries: versions.slice(0, SHOWN).map((version, index) => {
      const before = versions[index + 1];
      return {
        version: version.number,
        createdBy: version.createdBy,
        at: version.createdAt,
        changes: before ? changesSince(before, version) : [],
        review: ports.clinic.templateReview ? reviewState(version) : null,
      };
    }),
    older: (versions.at(SHOWN - 1)?.number ?? 1) - 1,
  };
}

export const changesSince = (before: Told, after: Told): readonly PartDiff[] =>
  changesBetween(partsOf(before), partsOf(after));

const partsOf = ({ variants, replies }: Told): VersionParts => ({
  ...Object.fromEntries(variants.map(({ language, text }) => [language, text])),
  replies: formatExpectedReplies(expectedRepliesOf(replies)),
});
