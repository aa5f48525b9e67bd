import type { TemplateCard } from '../../domain/cards/card';
import { maskedName } from '../../domain/masking';
import { countSegments } from '../../domain/segments';
import { renderTemplate } from '../../domain/template';
import type { StoredPatient } from '../../store/patients';
import { notFound } from '../permissions';
import type { Clinic, Ports } from '../ports';

/** What a template's placeholders stand for, for one patient. */
export const valuesFor = (
  patient: Pick<StoredPatient, 'firstName' | 'lastName' | 'language' | 'fields'>,
  clinic: Clinic,
): Record<string, string | undefined> => ({
  ...(JSON.parse(patient.fields) as Record<string, string>),
  first_name: patient.firstName,
  last_name: patient.lastName,
  language: patient.language ?? undefined,
  clinic_name: clinic.name,
});

/** The variant of the patient's language, else the default. */
export const variantFor = <T extends { readonly language: string }>(
  variants: readonly T[],
  language: string | null,
): T | undefined =>
  variants.find((variant) => variant.language === language) ??
  variants.find((variant) => variant.language === 'default');

/** The card of one version. */
export async function templateCard({ store, clinic }: Ports, versionId: number): Promise<TemplateCard> {
  const version = await store.templates.version(versionId);
  const patient = await store.patients.anyone();
  const variant = patient && variantFor(version.variants, patient.language);
  const rendered = variant ? renderTemplate(variant.text, valuesFor(patient, clinic)) : null;
  return {
    kind: 'template',
    templateId: version.templateId,
    versionId: version.id,
    name: version.template.name,
    version: version.number,
    createdBy: version.createdBy,
    variants: version.variants.map(({ language, text }) => {
      const { segments, encoding } = countSegments(text);
      return { language, text, segments, encoding };
    }),
    replies: version.replies.map(({ label, words }) => ({ label, words: JSON.parse(words) as string[] })),
    preview:
      patient && rendered?.ok
        ? {
            who: maskedName(patient.firstName, patient.lastName),
            text: rendered.text,
            segments: countSegments(rendered.text).segments,
          }
        : null,
    hints: hintsOf(version.variants),
  };
}

/** The card of a template as it is now. @throws AppError NOT_FOUND */
export async function latestTemplateCard(ports: Ports, templateId: number): Promise<TemplateCard> {
  const latest = await ports.store.templates.latest(templateId);
  if (!latest) throw notFound('template', templateId);
  return templateCard(ports, latest.id);
}

/** What a careful colleague would say. */
function hintsOf(variants: readonly { readonly text: string }[]): string[] {
  const hints: string[] = [];
  const forced = [...new Set(variants.flatMap(({ text }) => countSegments(text).forcedBy))];
  if (forced.length > 0) {
    hints.push(`${forced.join(' ')} makes each segment hold 70 characters instead of 160. Plain letters cost less.`);
  }
  if (!variants.some(({ text }) => /clinic_name/.test(text))) {
    hints.push('Say who is writing: {{ clinic_name }} puts the clinic’s name in.');
  }
  return hints;
}
