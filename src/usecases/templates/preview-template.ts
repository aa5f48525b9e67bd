import type { TemplatePreview } from '../../domain/cards/template-cards';
import { AppError } from '../../domain/errors';
import { maskedName } from '../../domain/masking';
import { maskPhone, parsePhoneNumber } from '../../domain/phone-number';
import { countSegments } from '../../domain/segments';
import { renderTemplate } from '../../domain/template';
import type { StoredPatient } from '../../store/patients';
import { requireRight } from '../permissions';
import type { Ports } from '../ports';
import { variantFor } from './template-card';
import { valuesFor } from './values-for';

export interface PreviewRequest {
  readonly versionId: number;
  readonly actor: string;
  /** A patient id, a phone number or a name; empty: some patient. */
  readonly words: string;
}

/**
 * What one real patient would get, in each language of the template.
 * @throws AppError FORBIDDEN, PATIENT_UNKNOWN, WHICH_PATIENT
 */
export async function previewTemplate(
  ports: Ports,
  { versionId, actor, words }: PreviewRequest,
): Promise<TemplatePreview> {
  await requireRight(ports, actor, 'templates.read');
  if (words.trim() !== '') await requireRight(ports, actor, 'patients.find');
  const version = await ports.store.templates.version(versionId);
  const patient = words.trim() === '' ? await ports.store.patients.anyone() : await onePatient(ports, words.trim());
  const own = patient && variantFor(version.variants, patient.language)?.language;
  const values = patient ? valuesFor(patient, ports.clinic) : {};
  return {
    versionId,
    name: version.template.name,
    version: version.number,
    patient: patient && {
      who: maskedName(patient.firstName, patient.lastName),
      phone: maskPhone(patient.phone),
      language: patient.language,
      gets: own ?? 'default',
    },
    texts: !patient
      ? []
      : version.variants.map(({ language, text: written }) => {
          const rendered = renderTemplate(written, values);
          return rendered.ok
            ? { language, text: rendered.text, segments: countSegments(rendered.text).segments, missing: [] }
            : { language, text: null, segments: 0, missing: rendered.missing };
        }),
  };
}

async function onePatient({ store, clinic }: Ports, words: string): Promise<StoredPatient> {
  const number = parsePhoneNumber(words, clinic.country);
  const found = number.ok ? await store.patients.byPhone(number.e164) : await store.patients.find(words, 6);
  const exact = found.filter(({ externalId }) => externalId === words);
  const [one, ...others] = exact.length === 1 ? exact : found;
  if (!one) {
    throw new AppError('PATIENT_UNKNOWN', {
      message: 'no such patient',
      userMessage: 'Nobody is found by that. Use the patient id, the phone number or the name.',
    });
  }
  if (others.length === 0) return one;
  const ids = [one, ...others]
    .slice(0, 5)
    .map(({ firstName, lastName, externalId }) => `${maskedName(firstName, lastName)} (${externalId})`);
  throw new AppError('WHICH_PATIENT', {
    message: 'several patients match',
    userMessage: `Several patients match; use the patient id: ${ids.join(', ')}`,
  });
}
