import { excludedBefore, type ExclusionReason, MOST_SEGMENTS } from '../../domain/audience';
import type { AudiencePreview } from '../../domain/audience-preview';
import type { ContentHash } from '../../domain/campaign';
import { countSegments } from '../../domain/segments';
import { renderTemplate } from '../../domain/template';
import type { Candidate, LeftOut, Recipient } from '../../store/recipients';
import type { Tx } from '../../store/store';
import { windowKeyOf } from '../patients/window-key-of';
import type { Clinic } from '../ports';
import { variantFor } from '../templates/template-card';
import { valuesFor } from '../templates/values-for';
import { contentHashOf, textKeyOf } from './frozen-content';

type Version = NonNullable<Awaited<ReturnType<Tx['templates']['latest']>>>;

/** Texts shown of each language. */
const SAMPLES = 3;
/** A template has few placeholders; a card names no more than these. */
const MOST_EMPTY = 5;

/** Different texts whose length and key are kept. */
const MOST_MEASURED = 2_000;

interface Measured {
  readonly segments: number;
  readonly textKey: string;
}

interface LanguageTally {
  recipients: number;
  readonly patients: number[];
}

/** Rows for the database, of one batch. */
export interface Decided {
  readonly included: Recipient[];
  readonly excluded: LeftOut[];
}

/**
 * Goes through the audience in the order of (phone, id), decides who gets what text, and keeps what has to be known of the
 * whole: all that stays here is as large as the number of languages, windows and reasons, however many patients come.
 */
export class Snapshot {
  recipients = 0;
  looked = 0;
  private segments = 0;
  private readonly excluded = new Map<ExclusionReason, number>();
  private readonly empty = new Map<string, number>();
  private readonly languages = new Map<string, LanguageTally>();
  private readonly fallbacks = new Map<string, number>();
  private readonly windows = new Map<string, { recipients: number; segments: number }>();
  private readonly windowKeys = new Map<string, string>();
  private readonly measured = new Map<string, Measured>();
  private readonly hash: ContentHash;
  /** What the number last looked at gets already: whoever shares it follows at once. */
  private phone = '';
  private readonly texts = new Set<string>();

  constructor(
    private readonly version: Version,
    private readonly clinic: Clinic,
  ) {
    this.hash = contentHashOf(version);
  }

  take(batch: readonly Candidate[]): Decided {
    const included: Recipient[] = [];
    const excluded: LeftOut[] = [];
    for (const patient of batch) {
      const decided = this.decide(patient);
      if ('text' in decided) included.push(decided);
      else {
        this.excluded.set(decided.reason, (this.excluded.get(decided.reason) ?? 0) + 1);
        excluded.push({ patientId: patient.id, ...decided });
      }
    }
    this.hash.add(included);
    this.looked += batch.length;
    return { included, excluded };
  }

  get zoneSets(): string[] {
    return [...this.windows.keys()];
  }

  /** Ends it. */
  contentHash = (): string => this.hash.digest();

  preview(unknown: AudiencePreview['unknown']): AudiencePreview {
    const byCount = <T extends { readonly recipients: number }>(list: T[]): T[] =>
      list.sort((a, b) => b.recipients - a.recipients);
    return {
      segments: this.segments,
      languages: byCount([...this.languages].map(([language, tally]) => ({ language, ...tally }))),
      fallbacks: byCount([...this.fallbacks].map(([language, recipients]) => ({ language, recipients }))),
      windows: byCount([...this.windows].map(([key, tally]) => ({ key, ...tally }))),
      excluded: [...this.excluded].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
      empty: [...this.empty]
        .map(([placeholder, patients]) => ({ placeholder, patients }))
        .sort((a, b) => b.patients - a.patients)
        .slice(0, MOST_EMPTY),
      unknown,
    };
  }

  private decide(patient: Candidate): Recipient | { reason: ExclusionReason; detail: string | null } {
    const before = excludedBefore(patient);
    if (before) return { reason: before, detail: null };
    const variant = variantFor(this.version.variants, patient.language);
    const rendered = variant && renderTemplate(variant.text, valuesFor(patient, this.clinic));
    if (!rendered?.ok) return this.lacks(rendered?.missing ?? []);
    const { text } = rendered;
    const { segments, textKey } = this.measure(text);
    if (segments > MOST_SEGMENTS) return { reason: 'too_long', detail: null };
    if (!this.isNew(patient.phone, textKey)) return { reason: 'duplicate_number', detail: null };
    const zones = this.windowKeyOf(patient);
    const recipient = { patientId: patient.id, phone: patient.phone, text, textKey, segments, zones };
    this.count(recipient, { language: variant?.language ?? 'default', preferred: patient.language });
    return recipient;
  }

  /** Patients share first names, and with them texts. */
  private measure(text: string): Measured {
    const known = this.measured.get(text);
    if (known) return known;
    const found = { segments: countSegments(text).segments, textKey: textKeyOf(text) };
    if (this.measured.size === MOST_MEASURED) this.measured.clear();
    this.measured.set(text, found);
    return found;
  }

  private lacks(missing: readonly string[]): { reason: ExclusionReason; detail: string | null } {
    for (const placeholder of missing) this.empty.set(placeholder, (this.empty.get(placeholder) ?? 0) + 1);
    return { reason: 'missing_field', detail: missing.length === 0 ? null : missing.join(', ') };
  }

  private isNew(phone: string, textKey: string): boolean {
    if (phone !== this.phone) this.texts.clear();
    this.phone = phone;
    if (this.texts.has(textKey)) return false;
    this.texts.add(textKey);
    return true;
  }

  private count({ patientId, segments, zones }: Recipient, by: { language: string; preferred: string | null }): void {
    this.recipients += 1;
    this.segments += segments;
    const ofLanguage = this.languages.get(by.language) ?? { recipients: 0, patients: [] };
    ofLanguage.recipients += 1;
    if (ofLanguage.patients.length < SAMPLES) ofLanguage.patients.push(patientId);
    this.languages.set(by.language, ofLanguage);
    // The default text is the English one unless there is a text in English.
    if (by.language === 'default' && by.preferred !== null && by.preferred !== 'en')
      this.fallbacks.set(by.preferred, (this.fallbacks.get(by.preferred) ?? 0) + 1);
    const ofWindow = this.windows.get(zones) ?? { recipients: 0, segments: 0 };
    ofWindow.recipients += 1;
    ofWindow.segments += segments;
    this.windows.set(zones, ofWindow);
  }

  /** Patients live in few places: worked out once for each. */
  private windowKeyOf(patient: Candidate): string {
    const place = `${patient.zones}|${patient.state ?? ''}|${patient.zip ?? ''}`;
    const known = this.windowKeys.get(place);
    if (known !== undefined) return known;
    const key = windowKeyOf(patient);
    if (this.windowKeys.size < 50_000) this.windowKeys.set(place, key);
    return key;
  }
}
