import type { PartDiff } from '../template/diff';
import type { Estimate } from '../template/estimate';
import type { ReviewState } from '../template-review';

export interface TemplateCard {
  readonly kind: 'template';
  readonly templateId: number;
  readonly versionId: number;
  readonly name: string;
  readonly version: number;
  readonly createdBy: string;
  readonly variants: readonly {
    readonly language: string;
    readonly text: string;
    /** For real patients; null when there are none. */
    readonly estimate: Estimate | null;
    /** Of the text as it is written. */
    readonly segments: number;
  }[];
  readonly pricePerSegment: number;
  readonly replies: readonly {
    readonly label: string;
    readonly words: readonly string[];
    readonly autoAnswer: string | null;
  }[];
  readonly lastUsedAt: Date | null;
  /** Null where templates are not reviewed. */
  readonly review: ReviewState | null;
  readonly archived: boolean;
  /** The text as a real patient would get it. */
  readonly preview: { readonly who: string; readonly text: string; readonly segments: number } | null;
  readonly hints: readonly string[];
}

/** A version that waits for a reviewer, in the approvals channel. */
export interface TemplateReviewCard {
  readonly kind: 'template_review';
  readonly versionId: number;
  readonly name: string;
  readonly version: number;
  readonly createdBy: string;
  readonly variants: readonly { readonly language: string; readonly text: string }[];
  readonly replies: readonly { readonly label: string; readonly autoAnswer: string | null }[];
  /** The newest approved version before it, and what has changed since. */
  readonly comparedWith: number | null;
  readonly changes: readonly PartDiff[];
  readonly state: ReviewState;
  readonly decidedBy: string | null;
}

/** A template's text to the phone of the one who wanted to see it there. */
export interface TestCard {
  readonly kind: 'test';
  readonly text: string;
  readonly segments: number;
  /** Masked. */
  readonly phone: string;
  readonly state: 'waiting' | 'done' | 'failed';
  /** Why it failed, and what to do. */
  readonly why: string | null;
}

/** `/outreach template history NAME`. */
export interface TemplateHistory {
  readonly name: string;
  readonly entries: readonly {
    readonly version: number;
    readonly createdBy: string;
    readonly at: Date;
    readonly changes: readonly PartDiff[];
    readonly review: ReviewState | null;
  }[];
  /** Versions that are not shown. */
  readonly older: number;
}

/** What one real patient would get. */
export interface TemplatePreview {
  readonly versionId: number;
  readonly name: string;
  readonly version: number;
  /** Null when there are no patients yet. `gets`: the language of the text that is theirs. */
  readonly patient: {
    readonly who: string;
    readonly phone: string;
    readonly language: string | null;
    readonly gets: string;
  } | null;
  readonly texts: readonly {
    readonly language: string;
    /** Null: they would be left out, for what is `missing`. */
    readonly text: string | null;
    readonly segments: number;
    readonly missing: readonly string[];
  }[];
}

/** A template of the starter library. */
export interface LibraryEntry {
  readonly topic: string;
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly expectedReplies: string;
}

export interface TemplateRow {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly languages: readonly string[];
  readonly text: string;
  readonly replies: readonly string[];
  readonly segments: { readonly least: number; readonly most: number };
  /** When the newest send of it began. */
  readonly lastUsedAt: Date | null;
  readonly review: ReviewState | null;
  readonly archived: boolean;
}
