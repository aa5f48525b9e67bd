/** Whether a large send fits into the hours that there are. */
export interface CapacityPlan {
  readonly segments: number;
  /** Segments a second; 0 = unlimited. */
  readonly rate: number;
  /** Hours of sending at that rate. */
  readonly hours: number;
  /** Openings of the texting window that it takes. */
  readonly days: number;
  /** When the last text goes; null: not within the time that is looked ahead. */
  readonly lastAt: Date | null;
}

export interface CapacityRequest {
  readonly segments: number;
  readonly rate: number;
  readonly from: Date;
  /** Whether texting is open at a moment, and until when; null = for good. */
  readonly windowAt: (at: Date) => { readonly open: boolean; readonly until: Date | null };
}

const MOST_OPENINGS = 60;

/** Walks from opening to opening until all of it has gone. */
export const capacityPlan = ({ segments, rate, from, windowAt }: CapacityRequest): CapacityPlan => {
  let left = rate === 0 ? 0 : (segments / rate) * 1000;
  const plan = { segments, rate, hours: left / 3_600_000 };
  let at = from;
  for (let days = 0; days < MOST_OPENINGS;) {
    const { open, until } = windowAt(at);
    if (open) {
      days += 1;
      const room = until === null ? Infinity : until.getTime() - at.getTime();
      if (left <= room) return { ...plan, days, lastAt: new Date(at.getTime() + left) };
      left -= room;
    }
    if (until === null) break;
    at = until;
  }
  return { ...plan, days: MOST_OPENINGS, lastAt: null };
};
