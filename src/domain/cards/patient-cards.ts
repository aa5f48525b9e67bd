/** A patient as `/outreach patient` shows one. */
export interface PatientRowCard {
  readonly patientId: number;
  readonly who: string;
  readonly externalId: string;
  readonly phone: string;
  readonly isStaff: boolean;
  readonly language: string | null;
  readonly groups: readonly string[];
  readonly zones: readonly string[];
  readonly zonesFrom: string;
  readonly windowOpen: boolean;
  /** When the window next closes or opens. */
  readonly windowUntil: Date | null;
  readonly optedOutAt: Date | null;
  readonly badSince: Date | null;
}

/** One patient, with what was texted and what this person may do. */
export interface PatientCard extends PatientRowCard {
  /** How we know of the opt-out: `reply`, `staff`, `file`, `twilio 21610`. */
  readonly optedOutVia: string | null;
  /** Slack user id of the one who entered it. */
  readonly optedOutBy: string | null;
  /** How many others have the same number. */
  readonly sharedWith: number;
  readonly messages: readonly PatientMessage[];
  /** The thread of the conversation; null when there is none yet. */
  readonly permalink: string | null;
  /** What Reveal is asked for; null when this person may not. */
  readonly reveal: string | null;
  readonly may: {
    readonly edit: boolean;
    readonly optOut: boolean;
    readonly undoOptOut: boolean;
    readonly text: boolean;
    readonly export: boolean;
    readonly erase: boolean;
  };
}

/** What a search found: somebody, several to choose from, or nobody. */
export type FoundPatients =
  | { readonly kind: 'one'; readonly card: PatientCard }
  /** `more`: there are others. */
  | { readonly kind: 'several'; readonly rows: readonly PatientRowCard[]; readonly more: boolean };

/** A text to or from the patient, newest first on the card. */
export interface PatientMessage {
  readonly inbound: boolean;
  readonly at: Date;
  /** Null for who may not read what patients write. */
  readonly text: string | null;
  readonly state: string;
  readonly replyClass: string | null;
  readonly answer: string | null;
}

export interface SettingRow {
  readonly name: string;
  readonly value: string;
  /** The variable that sets it. */
  readonly variable: string;
}
