/** What is asked of the record. It travels in buttons' values: ids and times (ms since 1970), no names. */
export interface AuditQuery {
  readonly actor?: string;
  readonly patientId?: number;
  readonly campaignId?: number;
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  readonly action?: string;
  readonly page: number;
}

export interface AuditRow {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly words: string;
  readonly subject: string;
  /** Masked; null where it is about no patient. */
  readonly whom: string | null;
  readonly detail: string;
}

export interface AuditPage {
  readonly query: AuditQuery;
  /** How many rows there are in all. */
  readonly all: number;
  readonly rows: readonly AuditRow[];
  readonly more: boolean;
  /** The clinic's: days are its days. */
  readonly timeZone: string;
}
