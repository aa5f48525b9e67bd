/** A patient as `/outreach patient` shows one. */
export interface PatientRowCard {
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

export interface SettingRow {
  readonly name: string;
  readonly value: string;
  /** The variable that sets it. */
  readonly variable: string;
}

export interface AuditRow {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
}
