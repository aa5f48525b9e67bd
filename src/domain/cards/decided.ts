/** One ✅ or ❌ that stands on an approval card. */
export interface DecisionFact {
  readonly user: string;
  readonly decision: 'APPROVE' | 'REJECT';
  readonly at: Date;
  /** Whether whoever gave it is a reviewer at this moment. */
  readonly counts: boolean;
}

/** Who rejected a send, and the reason in their own words once they have written it. */
export interface Rejected {
  readonly by: string;
  readonly why: string | null;
}
