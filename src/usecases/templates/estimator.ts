import { countSegments } from '../../domain/segments';
import { compileTemplate } from '../../domain/template/compile';
import { estimateText, type Estimate } from '../../domain/template/estimate';
import type { PlaceholderValues } from '../../domain/template';
import type { Clinic, Ports } from '../ports';
import { valuesFor } from './values-for';

interface Variant {
  readonly language: string;
  readonly text: string;
}

interface Sampled {
  readonly language: string | null;
  readonly values: PlaceholderValues;
}

/** How many patients texts are tried on: enough to meet the long names, few enough to do it while somebody types. */
const SAMPLE = 1000;
/** While somebody types, the same patients do for this long, in ms. */
const FRESH_MS = 30_000;

interface Kept {
  readonly estimator: Estimator;
  readonly until: number;
}

const kept = new WeakMap<Ports['store'], Kept>();

/** What texts come to for real patients: all of them up to a thousand, and a thousand spread over them beyond that. */
export class Estimator {
  private constructor(private readonly sample: readonly Sampled[]) {}

  static async over({ store, clinic }: Pick<Ports, 'store' | 'clinic'>): Promise<Estimator> {
    const known = kept.get(store);
    if (known && Date.now() < known.until) return known.estimator;
    const estimator = new Estimator(await sampleOf(store, clinic));
    kept.set(store, { estimator, until: Date.now() + FRESH_MS });
    return estimator;
  }

  /** Null when nobody would get the text, or when it cannot be read yet. Tried on patients of its language, if there are. */
  estimate({ language, text }: Variant): Estimate | null {
    if (!compileTemplate(text).ok) return null;
    const own = this.sample.filter((patient) => patient.language === language);
    return estimateText(
      text,
      (own.length > 0 ? own : this.sample).map(({ values }) => values),
    );
  }

  segments(variant: Variant): { least: number; most: number } {
    const estimate = this.estimate(variant);
    const asWritten = countSegments(variant.text).segments;
    return { least: estimate?.shortest.segments ?? asWritten, most: estimate?.longest.segments ?? asWritten };
  }
}

const sampleOf = async (store: Ports['store'], clinic: Clinic): Promise<Sampled[]> =>
  (await store.patients.spread(SAMPLE)).map((patient) => ({
    language: patient.language,
    values: valuesFor(patient, clinic),
  }));
