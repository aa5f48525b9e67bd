import { fromZonedTime } from 'date-fns-tz/fromZonedTime';

/** An IANA name, such as `America/Los_Angeles`. */
export type TimeZone = string;

/** What the clock and the calendar on the wall say in one zone. */
export interface WallClock {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minute of the day, 0 to 1439. */
  readonly minute: number;
  /** `2026-03-08`. */
  readonly isoDate: string;
}

/** Making a formatter costs some 50 µs and using one less than 1 µs, hence one a zone, kept for good: zones are few. */
const formatters = new Map<TimeZone, Intl.DateTimeFormat>();

const formatterOf = (zone: TimeZone): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(zone, formatter);
  return formatter;
};

/**
 * Whether this is a place's zone (`America/Denver`, `US/Eastern`) or UTC.
 *
 * `EST` and `MST` are zones to the machine too, but ones that know no daylight time; whoever writes `EST` in a patient
 * file means New York, so they are not taken here.
 */
export const isTimeZone = (name: string): boolean => {
  if (name === 'UTC') return true;
  if (!/^[A-Za-z]+(?:\/[A-Za-z0-9_+-]+){1,2}$/.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
};

/** @throws RangeError when there is no such zone. */
export const wallClock = (now: Date, zone: TimeZone): WallClock => {
  const text = formatterOf(zone).format(now); // 03/08/2026, 04:05
  const digits = (from: number, to: number): number => Number(text.slice(from, to));
  const [month, day, year] = [digits(0, 2), digits(3, 5), digits(6, 10)];
  return {
    year,
    month,
    day,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    minute: digits(12, 14) * 60 + digits(15, 17),
    isoDate: `${text.slice(6, 10)}-${text.slice(0, 2)}-${text.slice(3, 5)}`,
  };
};

/** @throws RangeError when there is no such zone. */
export const minuteOfDay = (now: Date, zone: TimeZone): number => wallClock(now, zone).minute;

const A_MINUTE_MS = 60_000;
const A_DAY_MS = 24 * 3_600_000;

/** The wall clock read as if it were UTC, in milliseconds: what can be added to and compared. */
const asUtc = ({ isoDate, minute }: WallTime): number => Date.parse(`${isoDate}T00:00:00Z`) + minute * A_MINUTE_MS;

/** A date and a minute of that day, 0 to 1440 (1440 is midnight at its end). */
export interface WallTime {
  readonly isoDate: string;
  readonly minute: number;
}

/**
 * The instant at which the wall clock of a zone shows this.
 *
 * When it shows it twice (the night that winter time begins), the first. When it never does (the hour skipped in
 * spring), as much after the jump as it was meant after the old time: 02:30 becomes 03:30.
 *
 * @throws RangeError when there is no such zone or date.
 */
export const instantOf = (wall: WallTime, zone: TimeZone): Date => {
  const meant = asUtc(wall);
  const instant = fromZonedTime(new Date(meant).toISOString().slice(0, 19), zone);
  // date-fns-tz answers a skipped time with one before the jump; the difference brings it behind the jump.
  const found = instant.getTime() + meant - asUtc(wallClock(instant, zone));
  // Of a time that comes twice it answers the second in zones that change at midnight, as Egypt does.
  const first = meant - aheadOfUtc(new Date(found - A_DAY_MS), zone);
  return new Date(first < found && asUtc(wallClock(new Date(first), zone)) === meant ? first : found);
};

/** In ms, at that moment. */
const aheadOfUtc = (at: Date, zone: TimeZone): number =>
  asUtc(wallClock(at, zone)) - Math.floor(at.getTime() / A_MINUTE_MS) * A_MINUTE_MS;
