import type { TemplateCard } from '../../domain/cards/template-cards';
import { maskedName } from '../../domain/masking';
import { countSegments } from '../../domain/segments';
import { renderTemplate } from '../../domain/template';
import { lintText } from '../../domain/template/lint';
import { reviewState } from '../../domain/template-review';
import { notFound, requireRight } from '../permissions';
import type { Clinic, Ports } from '../ports';
import { Estimator } from './estimator';
import { valuesFor } from './values-for';

/** The variant of the patient's language, else the default. */
export const variantFor = <T extends { readonly language: string }>(
  variants: readonly T[],
  language: string | null,
): T | undefined =>
  variants.find((variant) => variant.language === language) ??
  variants.find((variant) => variant.language === 'default');

/** The card of one version. */
export async function templateCard(ports: Ports, versionId: number): Promise<TemplateCard> {
  const { store, clinic } = ports;
  const version = await store.templates.version(versionId);
  const estimator = await Estimator.over(ports);
  const variants = version.variants.map(({ language, text }) => {
    const { segments } = countSegments(text);
    return { language, text, segments, estimate: estimator.estimate({ language, text }) };
  });
  return {
    kind: 'template',
    templateId: version.templateId,
    versionId: version.id,
    name: version.template.name,
    version: version.number,
    createdBy: version.createdBy,
    variants,
    pricePerSegment: clinic.pricePerSegment,
    replies: version.replies.map(({ label, words, autoAnswer }) => ({
      label,
      words: JSON.parse(words) as string[],
      autoAnswer,
    })),
    lastUsedAt: (await store.templates.lastUsed()).get(version.templateId) ?? null,
    review: clinic.templateReview ? reviewState(version) : null,
    archived: version.template.archivedAt !== null,
    preview: await previewFor(ports, version.variants),
    hints: hintsOf(variants, clinic),
  };
}

/** @throws AppError FORBIDDEN, NOT_FOUND */
export async function latestTemplateCard(
  ports: Ports,
  { templateId, actor }: { templateId: number; actor: string },
): Promise<TemplateCard> {
  await requireRight(ports, actor, 'templates.read');
  const latest = await ports.store.templates.latest(templateId);
  if (!latest) throw notFound('template', templateId);
  return templateCard(ports, latest.id);
}

async function previewFor(
  { store, clinic }: Ports,
  variants: readonly { readonly language: string; readonly text: string }[],
): Promise<TemplateCard['preview']> {
  const patient = await store.patients.anyone();
  const variant = patient && variantFor(variants, patient.language);
  const rendered = variant ? renderTemplate(variant.text, valuesFor(patient, clinic)) : null;
  if (!patient || !rendered?.ok) return null;
  const { segments } = countSegments(rendered.text);
  return { who: maskedName(patient.firstName, patient.lastName), text: rendered.text, segments };
}

/** Each once, whatever the language. */
const hintsOf = (variants: TemplateCard['variants'], clinic: Clinic): string[] => [
  ...new Set(
    variants.flatMap(({ language, text, estimate, segments }) =>
      lintText({
        text,
        language,
        clinicName: clinic.name,
        mostSegments: estimate?.longest.segments ?? segments,
      }).map(({ sentence }) => sentence),
    ),
  ),
];
