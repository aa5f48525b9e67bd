import type { ImportSummary } from '../../../domain/cards/import-card';
import type { FileHead } from '../../../domain/patient-file/ask-columns';
import type { PatientKind } from '../../../domain/patient-file/row';
import type { TimeZone } from '../../../domain/time-zone';
import type { Undone } from '../../../store/import-undoing';

/** A file to be read. */
export interface PreviewJob {
  readonly importId: number;
  /** What the people of the file are, where no column says it. */
  readonly kind: PatientKind;
  readonly replaceGroups: boolean;
  /** JSON: columns that somebody chose for this file. */
  readonly chosen: string | null;
  /** Into which everybody of the file is put, beside those that the file names. */
  readonly groups: readonly string[];
  readonly clinic: { readonly country: string; readonly timeZone: TimeZone };
}

export type PreviewResult =
  | { readonly state: 'READY'; readonly head: FileHead; readonly summary: ImportSummary }
  /** Somebody has to say what the columns are. */
  | { readonly state: 'NEEDS_COLUMNS'; readonly head: FileHead };

export interface ApplyJob {
  readonly importId: number;
  /** When it was confirmed: what patients' changes are dated. */
  readonly at: Date;
  /** What changed in our books later than this makes the preview stale. */
  readonly readAt: Date;
  /** How many rows write something, as the preview counted them. */
  readonly rows: number;
}

export interface UndoJob {
  readonly importId: number;
  readonly appliedAt: Date;
  /** What the patients' changes are dated. */
  readonly now: Date;
}

/** STALE: nothing was written, as patients of the file have changed since it was read, or what was read is not there any more. */
export type ApplyResult = 'APPLIED' | 'STALE';

/** Told now and then; the work waits for it, and ends with what it throws. */
export type Progress = (rows: number) => Promise<void> | void;

/** What does an import's heavy work. All of it can be asked for again, whatever became of the last time. */
export interface ImportEngine {
  /** There will be work in a moment: what takes time to start is started. */
  warm(): void;
  /** @throws AppError as `readRecords` does; ENGINE_STOPPED; what `source` and `progress` throw */
  preview(job: PreviewJob, source: AsyncIterable<Uint8Array>, progress: Progress): Promise<PreviewResult>;
  /** @throws AppError ENGINE_STOPPED */
  apply(job: ApplyJob, progress: Progress): Promise<ApplyResult>;
  /** @throws AppError ENGINE_STOPPED */
  undo(job: UndoJob, progress: Progress): Promise<Undone>;
  /** Forgets an import's rows, however many. @throws AppError ENGINE_STOPPED */
  dropRows(importId: number): Promise<void>;
  stop(): Promise<void>;
}

export const ENGINE_STOPPED = 'ENGINE_STOPPED';
