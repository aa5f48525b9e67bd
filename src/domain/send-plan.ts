import type { TimeZone } from './time-zone';
import { readWindowKey } from './window-key';

/** Patients of one window key, and what their texts take. */
export interface PlanPart {
  readonly key: string;
  readonly recipients: number;
  readonly segments: number;
}

/** What stands in the way: another campaign, from a moment on. */
export interface OtherSend {
  readonly from: Date;
  readonly parts: readonly PlanPart[];
}

export interface PlanRequest {
  readonly parts: readonly PlanPart[];
  /** When it would start, at the earliest. */
  readonly from: Date;
  /** Segments a second; 0 = as fast as may be. */
  readonly rate: number;
  readonly others: readonly OtherSend[];
  /** Whether texting is open for a window key at a moment, and until when. */
  readonly windowAt: (key: string, at: Date) => { readonly open: boolean; readonly until: Date | null };
}

/** When patients of a place would get their texts. */
export interface PlannedPlace {
  readonly zones: readonly TimeZone[];
  readonly recipients: number;
  /** Null: not within the time that is looked ahead. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** When texting first closes after the start. */
  readonly closesAt: Date | null;
  /** Who is still waiting then. */
  readonly late: number;
}

const UNLIMITED = 1e9;
const HORIZON_MS = 30 * 86_400_000;
/** Windows open and close a few times a day; a plan that needs more steps than this is not worth a line on a card. */
const MOST_STEPS = 5_000;
const NEARLY_NOTHING = 1e-6;

interface Flow {
  readonly key: string;
  readonly recipients: number;
  readonly segments: number;
  left: number;
  startsAt: number | null;
  endsAt: number | null;
  closesAt: number | null;
  lateSegments: number;
}

interface Send {
  readonly from: number;
  readonly flows: readonly Flow[];
}

const flowOf = ({ key, recipients, segments }: PlanPart): Flow => ({
  key,
  recipients,
  segments,
  left: segments,
  startsAt: null,
  endsAt: null,
  closesAt: null,
  lateSegments: 0,
});

/**
 * How a campaign would go at the present rate, as a flow: campaigns take turns (so they share the rate evenly), and within
 * one all places that are open go alike. An estimate: failures, 1-to-1 texts and Twilio's own queue are not in it.
 */
export const planSend = (request: PlanRequest): readonly PlannedPlace[] => {
  const ours: Send = { from: request.from.getTime(), flows: request.parts.map(flowOf) };
  const others = request.others.map(({ from, parts }) => ({ from: from.getTime(), flows: parts.map(flowOf) }));
  const sends = [ours, ...others];
  const rate = request.rate === 0 ? UNLIMITED : request.rate;
  const horizon = ours.from + HORIZON_MS;
  let now = ours.from;
  for (let step = 0; step < MOST_STEPS && now < horizon && ours.flows.some(isWaiting); step += 1) {
    now = advance(sends, { now, rate, windowAt: request.windowAt });
  }
  return byPlace(ours.flows);
};

const isWaiting = ({ left }: Flow): boolean => left > NEARLY_NOTHING;

interface Moment {
  readonly now: number;
  readonly rate: number;
  readonly windowAt: PlanRequest['windowAt'];
}

/** Lets everything that is open flow until something opens, closes or ends. @returns when that is */
const advance = (sends: readonly Send[], { now, rate, windowAt }: Moment): number => {
  let until = now + HORIZON_MS;
  const open = sends.map(({ from, flows }) =>
    flows.filter((flow) => {
      if (!isWaiting(flow)) return false;
      if (from > now) {
        until = Math.min(until, from);
        return false;
      }
      const window = windowAt(flow.key, new Date(now));
      if (window.until !== null) until = Math.min(until, window.until.getTime());
      if (window.open) flow.startsAt ??= now;
      if (window.open) flow.closesAt ??= window.until?.getTime() ?? null;
      return window.open;
    }),
  );
  const flowing = open.filter((flows) => flows.length > 0);
  const share = rate / 1000 / Math.max(1, flowing.length);
  const sums = flowing.map((flows) => flows.reduce((sum, { left }) => sum + left, 0));
  for (const sum of sums) until = Math.min(until, now + Math.max(1, sum / share));
  for (const [index, flows] of flowing.entries()) {
    const part = Math.min(1, ((until - now) * share) / (sums[index] ?? 1));
    for (const flow of flows) flow.left -= flow.left * part;
  }
  for (const flow of sends[0]?.flows ?? []) note(flow, until);
  return until;
};

const note = (flow: Flow, at: number): void => {
  if (!isWaiting(flow)) flow.endsAt ??= at;
  else if (flow.closesAt !== null && at >= flow.closesAt && flow.lateSegments === 0) flow.lateSegments = flow.left;
};

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** Several window keys may be of the same zones (states have laws of their own): one line for them. */
const byPlace = (flows: readonly Flow[]): PlannedPlace[] => {
  const places = new Map<string, Flow[]>();
  for (const flow of flows) {
    const zones = readWindowKey(flow.key).zones.join(',');
    places.set(zones, [...(places.get(zones) ?? []), flow]);
  }
  return [...places]
    .map(([zones, list]): PlannedPlace => {
      const ends = list.map(({ endsAt }) => endsAt);
      const starts = list.flatMap(({ startsAt }) => startsAt ?? []);
      const closings = list.flatMap(({ closesAt }) => closesAt ?? []);
      return {
        zones: zones.split(','),
        recipients: list.reduce((sum, { recipients }) => sum + recipients, 0),
        startsAt: starts.length === 0 ? null : new Date(Math.min(...starts)),
        endsAt: ends.includes(null) ? null : dateOf(Math.max(...ends.map((end) => end ?? 0))),
        closesAt: closings.length === 0 ? null : new Date(Math.min(...closings)),
        late: list.reduce((sum, flow) => sum + lateRecipients(flow), 0),
      };
    })
    .sort((a, b) => b.recipients - a.recipients);
};

const lateRecipients = ({ lateSegments, segments, recipients }: Flow): number =>
  Math.ceil((lateSegments / Math.max(1, segments)) * recipients - NEARLY_NOTHING);
