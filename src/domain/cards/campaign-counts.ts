/** How many of the skipped ones for which reason, in words. */
export interface Skipped {
  readonly why: string;
  readonly count: number;
}

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

/** Handed over, whatever became of it: what a patient may have on the phone, or what was refused for good. */
export const sentOf = ({ submitted, delivered, undelivered, failed }: CampaignCounts): number =>
  submitted + delivered + undelivered + failed;
