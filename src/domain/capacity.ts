import type { PlannedPlace } from './send-plan';

/** Whether a large send fits into the hours that there are. */
export interface CapacityPlan {
  readonly segments: number;
  /** Segments a second; 0 = unlimited. */
  readonly rate: number;
  /** Hours of sending at that rate. */
  readonly hours: number;
  /** Days on which some of it goes or waits, from the first text to the last, as days are where the clinic is. */
  readonly days: number;
  /** When the last text goes; null: not within the time that is looked ahead. */
  readonly lastAt: Date | null;
}

export interface CapacityRequest {
  readonly segments: number;
  readonly rate: number;
  /** When it goes, place by place: each has hours of its own. */
  readonly places: readonly PlannedPlace[];
  /** The day of a moment, as a number that grows by one a day. */
  readonly dayOf: (at: Date) => number;
}

/** The whole of a plan in one line. Null when there is no plan. */
export const capacityOf = ({ segments, rate, places, dayOf }: CapacityRequest): CapacityPlan | null => {
  if (places.length === 0) return null;
  const plan = { segments, rate, hours: rate === 0 ? 0 : segments / rate / 3600 };
  const starts = places.flatMap(({ startsAt }) => startsAt?.getTime() ?? []);
  const ends = places.flatMap(({ endsAt }) => endsAt?.getTime() ?? []);
  if (ends.length < places.length) return { ...plan, days: 0, lastAt: null };
  const lastAt = new Date(Math.max(...ends));
  return { ...plan, days: dayOf(lastAt) - dayOf(new Date(Math.min(...starts))) + 1, lastAt };
};
