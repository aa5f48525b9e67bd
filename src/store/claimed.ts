/** A message that this process may now hand to Twilio, with the attempt that was written for it. */
export interface Claimed {
  readonly id: number;
  readonly attemptId: string;
  readonly phone: string;
  readonly text: string;
  readonly segments: number;
  /** Candidate zones, comma separated. */
  readonly zones: string;
  readonly purpose: string;
  readonly campaignId: number | null;
  readonly attemptCount: number;
  /** Until then the patient may be answered whatever the hour. */
  readonly answerableUntil: Date | null;
  readonly media: string | null;
}

/** As the database hands it over. */
export type ClaimedRow = Omit<
  Claimed,
  'attemptId' | 'answerableUntil' | 'id' | 'segments' | 'campaignId' | 'attemptCount'
> & {
  id: bigint | number;
  segments: bigint | number;
  campaignId: bigint | number | null;
  attemptCount: bigint | number;
  answerableUntil: bigint | number | Date | null;
};

export const claimedOf = (row: ClaimedRow, attemptId: string): Claimed => ({
  ...row,
  attemptId,
  id: Number(row.id),
  segments: Number(row.segments),
  campaignId: row.campaignId === null ? null : Number(row.campaignId),
  attemptCount: Number(row.attemptCount),
  answerableUntil: row.answerableUntil === null ? null : new Date(Number(row.answerableUntil)),
});
