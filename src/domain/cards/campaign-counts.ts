/** The texts of a send by what became of them; together they are its recipients. */
export interface CampaignCounts {
  readonly queued: number;
  readonly sending: number;
  readonly uncertain: number;
  readonly submitted: number;
  readonly delivered: number;
  readonly undelivered: number;
  readonly failed: number;
  readonly skipped: number;
  readonly canceled: number;
  readonly expired: number;
}
