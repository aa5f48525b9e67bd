import { checkTemplateText } from '../../domain/template';
import type { Estimate } from '../../domain/template/estimate';
import { lintText, plainSigns, type Hint } from '../../domain/template/lint';
import { countSegments, replaceWithPlain } from '../../domain/segments';
import type { Ports } from '../ports';
import { Estimator } from './estimator';
import { knownPlaceholders, type TemplateForm } from './save-template';

export interface TextNotes {
  readonly estimate: Estimate | null;
  readonly hints: readonly Hint[];
  /** What keeps it from being saved. */
  readonly problems: readonly string[];
  /** How many signs have a plain one in their place. */
  readonly plainSigns: number;
}

/** What the form shows while somebody writes. Asks nobody for a right: whoever sees the form has it. */
export async function templateFormFacts(ports: Ports) {
  const { store, clinic } = ports;
  const [placeholders, languages] = [await knownPlaceholders(ports), await store.patients.languages()];
  return { placeholders, languages, pricePerSegment: clinic.pricePerSegment };
}

/** What there is to say of each text that holds something, by language. */
export async function lintTemplate(ports: Ports, { texts }: TemplateForm): Promise<Record<string, TextNotes>> {
  const known = await knownPlaceholders(ports);
  const estimator = await Estimator.over(ports);
  const notes = Object.entries(texts).flatMap(([language, text]): [string, TextNotes][] => {
    if (text.trim() === '') return [];
    const problems = checkTemplateText(text, known).map(({ sentence }) => sentence);
    const estimate = problems.length > 0 ? null : estimator.estimate({ language, text });
    const mostSegments = estimate?.longest.segments ?? countSegments(text).segments;
    const hints = lintText({ text, language, clinicName: ports.clinic.name, mostSegments });
    return [[language, { estimate, hints, problems, plainSigns: plainSigns(text).length }]];
  });
  return Object.fromEntries(notes);
}

/** The form with plain signs in one of its texts. */
export const withPlainSigns = (form: TemplateForm, language: string): TemplateForm => {
  const text = form.texts[language];
  if (text === undefined) return form;
  return { ...form, texts: { ...form.texts, [language]: replaceWithPlain(text, plainSigns(text)) } };
};
