import { countSegments } from '../segments';
import { renderTemplate, type PlaceholderValues } from '../template';

/** One patient's text. */
export interface Measured {
  readonly characters: number;
  readonly segments: number;
}

/** What a text comes to for real patients. */
export interface Estimate {
  readonly patients: number;
  readonly shortest: Measured;
  readonly median: Measured;
  readonly longest: Measured;
  /** In whom a placeholder is empty: they would be left out. */
  readonly leftOut: number;
  /** Which ones are empty, in order of appearance. */
  readonly empty: readonly string[];
}

/**
 * Renders the text for each of these patients. Null when nobody would get it.
 * @throws AppError TEMPLATE_UNREADABLE
 */
export const estimateText = (text: string, patients: readonly PlaceholderValues[]): Estimate | null => {
  const measured: Measured[] = [];
  const empty = new Set<string>();
  for (const values of patients) {
    const rendered = renderTemplate(text, values);
    if (rendered.ok) {
      const { segments, characters } = countSegments(rendered.text);
      measured.push({ segments, characters });
    } else for (const name of rendered.missing) empty.add(name);
  }
  measured.sort((one, other) => one.segments - other.segments || one.characters - other.characters);
  const at = (index: number): Measured | undefined => measured[index];
  const [shortest, median, longest] = [at(0), at(Math.floor(measured.length / 2)), at(measured.length - 1)];
  if (!shortest || !median || !longest) return null;
  const leftOut = patients.length - measured.length;
  return { patients: patients.length, shortest, median, longest, leftOut, empty: [...empty] };
};
