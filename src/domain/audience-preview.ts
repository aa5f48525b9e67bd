import type { ExclusionReason } from './audience';

/** What is known of a frozen audience as a whole: counted once, shown often. */
export interface AudiencePreview {
  readonly segments: number;
  /** By the text that they get; `language` is a variant's. */
  readonly languages: readonly {
    readonly language: string;
    readonly recipients: number;
    /** Ids of the first few. */
    readonly patients: readonly number[];
  }[];
  /** Who prefers a language in which there is no text, and so gets the default one. */
  readonly fallbacks: readonly { readonly language: string; readonly recipients: number }[];
  /** By window key. */
  readonly windows: readonly { readonly key: string; readonly recipients: number; readonly segments: number }[];
  readonly excluded: readonly { readonly reason: ExclusionReason; readonly count: number }[];
  /** Placeholders that are empty for somebody, who is left out for it: most first. One patient may lack several. */
  readonly empty: readonly { readonly placeholder: string; readonly patients: number }[];
  /** Rows of the send's own file that are no known patient, and the lines of the first few. */
  readonly unknown: { readonly count: number; readonly lines: readonly number[] };
}

const NOTHING: AudiencePreview = {
  segments: 0,
  languages: [],
  fallbacks: [],
  windows: [],
  excluded: [],
  empty: [],
  unknown: { count: 0, lines: [] },
};

/** As a campaign keeps it. Null for one that was frozen before previews were kept. */
export const readPreview = (json: string): AudiencePreview | null => {
  const stored = JSON.parse(json) as Partial<AudiencePreview>;
  return stored.languages === undefined ? null : { ...NOTHING, ...stored };
};
