/** A file of rejected rows, which somebody mends by hand, has no more; it is held in memory while it is handed to Slack. */
export const MOST_REJECTED_ROWS = 50_000;

/** What the card of a patient file shows. */
export interface ImportCard {
  readonly kind: 'import';
  readonly importId: number;
  readonly state:
    'READING' | 'NEEDS_COLUMNS' | 'READY' | 'APPLYING' | 'APPLIED' | 'UNDOING' | 'CANCELED' | 'UNDONE' | 'REFUSED';
  readonly fileName: string;
  readonly requestedBy: string;
  readonly decidedBy: string | null;
  readonly problem: string | null;
  readonly summary: ImportSummary;
  readonly filePermalink: string | null;
  /** What the people of the file are, where no column says it. */
  readonly people: 'PATIENT' | 'STAFF';
  readonly replaceGroups: boolean;
  /** Undo is offered until then; null when it is not. */
  readonly undoUntil: Date | null;
  /** What Undo did, and what it left alone. */
  readonly undone: UndoneCounts | null;
  /** Where the file with the rejected rows goes. */
  readonly rejectedGo: 'TO_THREAD' | 'TO_UPLOADER';
  /** What has to be asked about the columns, by their names in the file. */
  readonly questions: readonly ImportQuestion[];
  /** How the columns were read; null while that is not known, and for a file without a header. */
  readonly columns: ColumnsRead | null;
  /** There is no patient id column: each mobile number is one patient. */
  readonly idFromPhone: boolean;
  /** So far; `percent` is null when the file's size is not known. */
  readonly progress: { readonly rows: number; readonly percent: number | null };
  /** How much of it is saved, or taken back, of 100; null while that is not known, and for what is done in one go. */
  readonly percentSaved: number | null;
}

export interface UndoneCounts {
  readonly by: string;
  readonly removed: number;
  readonly restored: number;
  readonly changedSince: number;
  readonly textedSince: number;
}

export interface ColumnsRead {
  /** What each column is, by its name in the file. */
  readonly known: readonly { readonly role: string; readonly name: string }[];
  /** Kept for templates, under these names. */
  readonly fields: readonly string[];
  readonly notRead: readonly string[];
}

export interface ImportQuestion {
  readonly problem: 'NO_PHONE_COLUMN' | 'NO_ID_COLUMN' | 'AMBIGUOUS';
  readonly role: string | null;
  readonly columns: readonly string[];
}

/** So many rows, and where some of them are. */
export interface ImportReason {
  readonly reason: string;
  readonly count: number;
  readonly lines: readonly number[];
}

export interface ImportSummary {
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly duplicate: number;
  /** Patients in the file that the file says have opted out. */
  readonly optedOut: number;
  /** Patients who are taken out of a group. */
  readonly leaving: number;
  /** Numbers that several patients of the file share. */
  readonly sharedNumbers: number;
  /** Some of them, masked, and on which lines they stand. */
  readonly shared: readonly { readonly phone: string; readonly lines: readonly number[] }[];
  readonly groups: readonly string[];
  /** Why rows were rejected, most frequent first. */
  readonly reasons: readonly ImportReason[];
  /** Values that were not understood and are left as they were; the patients are taken all the same. */
  readonly warnings: readonly ImportReason[];
  /** A few changes, masked: `Ana R.: ZIP 60601 → 60602`. */
  readonly changes: readonly string[];
}
