/** Something that a patient attached, the n-th of its text. */
export interface SentMedia {
  readonly sid: string;
  readonly index: number;
  /** Where Twilio keeps it; empty when its list has to be asked. */
  readonly address: string;
}

export type MediaOutcome =
  | { readonly kind: 'media'; readonly content: Buffer; readonly contentType: string }
  /** It will never be there; `why` completes "I cannot show it: …". */
  | { readonly kind: 'gone'; readonly why: string }
  /** Twilio does not answer, or not yet. */
  | { readonly kind: 'later' };

/** A picture that a patient sent, with who and which it is. */
export interface PatientPicture {
  readonly name: string;
  readonly word: string;
  readonly who: string;
  /** Of so many in one text, which. */
  readonly nth: number;
  readonly of: number;
  readonly content: Buffer;
}

/** A file that somebody of the staff attached. */
export interface StaffFile {
  readonly id: string;
  /** As Slack says: `image/jpeg`; empty when it does not say. */
  readonly type: string;
  /** In bytes; null when Slack does not say. */
  readonly size: number | null;
}
