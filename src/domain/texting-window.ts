import { AppError } from './errors';
import { type TimeZone, wallClock } from './time-zone';

/** Minutes of the day on the patient's wall clock: from `open` (0 to 1439) up to but not including `close` (to 1440). */
export interface TextingWindow {
  readonly open: number;
  readonly close: number;
}

/** When patients may be texted, on their own wall clock. */
export interface TextingHours {
  /** Seven windows, Sunday first; null is a closed day. */
  readonly week: readonly (TextingWindow | null)[];
  /** ISO dates (`2026-12-25`) on which nobody is texted. */
  readonly darkDays: ReadonlySet<string>;
}

const MINUTES_A_DAY = 1440;
const MINUTE_MS = 60_000;
const DAY_MS = MINUTES_A_DAY * MINUTE_MS;
/** How far ahead an opening or a closing is looked for: a year and the longest holiday. */
const HORIZON_DAYS = 370;

export const everyDay = (window: TextingWindow, darkDays: Iterable<string> = []): TextingHours => ({
  week: Array.from({ length: 7 }, () => window),
  darkDays: new Set(darkDays),
});

const refusal = (text: string, userMessage: string): AppError =>
  new AppError('BAD_TEXTING_WINDOW', {
    message: `not a texting window: ${JSON.stringify(text.slice(0, 40))}`,
    userMessage,
  });

/** @throws AppError `BAD_TEXTING_WINDOW` with what to write instead. */
export const parseTextingWindow = (text: string): TextingWindow => {
  const [, openHour, openMinute, closeHour, closeMinute] =
    /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(text) ?? [];
  const minute = (hour = '99', minutes = '0'): number =>
    Number(minutes) < 60 ? Number(hour) * 60 + Number(minutes) : NaN;
  const open = minute(openHour, openMinute);
  const close = minute(closeHour, closeMinute);
  if (!(open <= MINUTES_A_DAY && close <= MINUTES_A_DAY))
    throw refusal(text, 'Write the hours as 07:00-21:00, on a 24-hour clock from 00:00 to 24:00.');
  if (open === close)
    throw refusal(text, 'These hours are empty. Write 00:00-24:00 for the whole day, or close the day.');
  if (open > close)
    throw refusal(
      text,
      'The hours cannot go past midnight. End them at 24:00 at the latest, and open later on the same day.',
    );
  return { open, close };
};

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** `07:00-21:00`: what {@link parseTextingWindow} reads. */
export const formatTextingWindow = ({ open, close }: TextingWindow): string => `${clock(open)}-${clock(close)}`;

const windowOn = ({ week, darkDays }: TextingHours, isoDate: string, weekday: number): TextingWindow | null =>
  darkDays.has(isoDate) ? null : (week[weekday] ?? null);

const isOpenIn = (hours: TextingHours, zone: TimeZone, now: Date): boolean => {
  const { isoDate, weekday, minute } = wallClock(now, zone);
  const window = windowOn(hours, isoDate, weekday);
  return window !== null && minute >= window.open && minute < window.close;
};

/**
 * Whether a patient who may be in any of these zones can be texted: it must be open in every one, as split area codes
 * mislead. Closing time is exclusive: at exactly 21:00 nobody is texted any more. Without any zone it is closed.
 */
export const isOpen = (hours: TextingHours, zones: readonly TimeZone[], now: Date): boolean =>
  zones.length > 0 && zones.every((zone) => isOpenIn(hours, zone, now));

/** Milliseconds since 1970; `end` is exclusive. */
interface Interval {
  readonly start: number;
  readonly end: number;
}

/** What the wall clock shows minus UTC, in milliseconds. */
const offsetAt = (instant: number, zone: TimeZone): number => {
  const { year, month, day, minute } = wallClock(new Date(instant), zone);
  const wall = Date.UTC(year, month - 1, day) + minute * MINUTE_MS;
  return wall - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
};

/** The first whole minute at which the offset is no longer what it was at `from`; it is another at `to`. */
const changeBetween = (from: number, to: number, zone: TimeZone): number => {
  const before = offsetAt(from, zone);
  let [same, changed] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetAt(middle * MINUTE_MS, zone) === before) same = middle;
    else changed = middle;
  }
  return changed * MINUTE_MS;
};

/**
 * The open instants of one date in one zone, in order. Two stretches when the clock is turned back within the window or
 * over its edge; a shorter one, or none, when it is put forward over it. `midnight` is the date read as if it were UTC.
 * Assumes what holds everywhere since 1970: at most one change of the clock within these days.
 */
const openOn = (window: TextingWindow, midnight: number, zone: TimeZone): Interval[] => {
  const [open, close] = [midnight + window.open * MINUTE_MS, midnight + window.close * MINUTE_MS];
  // Offsets go from -12 to +14 hours: these two instants are before and after anything that the wall calls this date.
  const [before, after] = [midnight - 15 * 60 * MINUTE_MS, midnight + DAY_MS + 13 * 60 * MINUTE_MS];
  const [old, young] = [offsetAt(before, zone), offsetAt(after, zone)];
  if (old === young) return [{ start: open - old, end: close - old }];
  const change = changeBetween(before, after, zone);
  return [
    { start: open - old, end: Math.min(close - old, change) },
    { start: Math.max(open - young, change), end: close - young },
  ].filter(({ start, end }) => start < end);
};

/** All open stretches in one zone that end after `from`, in order, up to the horizon; they may touch. */
function* openFrom(hours: TextingHours, zone: TimeZone, from: number): Generator<Interval> {
  const { year, month, day } = wallClock(new Date(from), zone);
  const today = Date.UTC(year, month - 1, day);
  for (let days = -1; days <= HORIZON_DAYS + 1; days += 1) {
    const date = new Date(today + days * DAY_MS);
    const window = windowOn(hours, date.toISOString().slice(0, 10), date.getUTCDay());
    if (!window) continue;
    for (const stretch of openOn(window, date.getTime(), zone)) if (stretch.end > from) yield stretch;
  }
}

const nextOpeningIn = (hours: TextingHours, zone: TimeZone, from: number): number | null => {
  for (const { start } of openFrom(hours, zone, from)) return Math.max(start, from);
  return null;
};

/**
 * The first instant from `now` on at which it is open in every zone: `now` itself when it is. Null when there is none
 * within 370 days, as when all days are closed or two zones' hours never meet.
 */
export const nextOpening = (hours: TextingHours, zones: readonly TimeZone[], now: Date): Date | null => {
  const horizon = now.getTime() + HORIZON_DAYS * DAY_MS;
  let instant = now.getTime();
  // Each zone in turn moves the instant to its own next opening, until a whole round has moved nothing.
  for (let agreeing = 0, turn = 0; agreeing < zones.length; turn += 1) {
    const opening = nextOpeningIn(hours, zones[turn % zones.length] ?? '', instant);
    if (opening === null || opening > horizon) return null;
    agreeing = opening === instant ? agreeing + 1 : 1;
    instant = opening;
  }
  return zones.length > 0 ? new Date(instant) : null;
};

/** Where the stretch that is open at `from` ends; touching stretches are one (a whole day runs into the next). */
const closesInAt = (hours: TextingHours, zone: TimeZone, from: number): number | null => {
  const neverCloses =
    hours.darkDays.size === 0 && hours.week.every((day) => day?.open === 0 && day.close === MINUTES_A_DAY);
  if (neverCloses) return null;
  let end = from;
  for (const stretch of openFrom(hours, zone, from)) {
    if (stretch.start > end) return end;
    end = stretch.end;
  }
  return end;
};

/**
 * The earliest instant after `now` at which it is no longer open in one of the zones: there a text's validity ends.
 * Null when it does not close within 370 days. It is meant for a time that is open; for any other it answers `now`.
 */
export const closesAt = (hours: TextingHours, zones: readonly TimeZone[], now: Date): Date | null => {
  if (!isOpen(hours, zones, now)) return now;
  const ends = zones.map((zone) => closesInAt(hours, zone, now.getTime())).filter((end) => end !== null);
  const first = Math.min(...ends);
  return first <= now.getTime() + HORIZON_DAYS * DAY_MS ? new Date(first) : null;
};
