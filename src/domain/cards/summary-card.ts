import type { CampaignCounts, Skipped } from './campaign-counts';

/** How a send went, for the thread of its card: as words and as a picture. Holds no patient's data. */
export interface SummaryCard {
  readonly kind: 'summary';
  readonly campaignId: number;
  readonly templateName: string;
  readonly recipients: number;
  readonly counts: CampaignCounts;
  readonly skips: readonly Skipped[];
  readonly answers: readonly { readonly label: string; readonly count: number }[];
  readonly urgent: number;
  readonly unexpected: number;
  readonly optOuts: number;
  readonly from: Date;
  readonly to: Date;
  readonly timeZone: string;
  /** Texts delivered in each of so many equal parts of the time between. */
  readonly delivered: readonly number[];
}
