import { fromZonedTime } from 'date-fns-tz/fromZonedTime';
import { AppError } from './errors';
import type { TimeZone } from './time-zone';

/** What somebody wants to see of the record. */
export interface AuditFilter {
  /** Slack user id, `app` or `patient`. */
  readonly actor?: string;
  /** As typed: an id, a phone number or a name. */
  readonly patient?: string;
  readonly campaignId?: number;
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
  /** A part of an action's name: `reveal`, `opt_out`. */
  readonly action?: string;
}

const DAY_MS = 24 * 3_600_000;
const DATE = String.raw`(\d{4}-\d{2}-\d{2}|today|yesterday)`;

/**
 * `@nora`, `by app`, `patient 1001` (up to the next of these words), `send 12` or `#12`, `2026-11-03`, `today`,
 * `2026-11-01 to 2026-11-30`, `last 7 days`; what is left is a part of an action's name. Days are the clinic's.
 * @throws AppError AUDIT_FILTER when a date is none
 */
export const readAuditFilter = (typed: string, { now, timeZone }: { now: Date; timeZone: TimeZone }): AuditFilter => {
  const filter: { -readonly [Key in keyof AuditFilter]: AuditFilter[Key] } = {};
  let rest = ` ${typed} `;
  const take = (pattern: RegExp, use: (...found: string[]) => void): void => {
    rest = rest.replace(pattern, (_whole, ...found: unknown[]) => {
      use(...found.map((one) => (typeof one === 'string' ? one : '')));
      return ' ';
    });
  };
  const day = (word: string): Date => startOfDay(word, { now, timeZone });
  take(/\s(?:by\s+)?(?:<@|@)?([UW][A-Z0-9]{5,})(?:\|[^>]*)?>?(?=\s)/, (user) => (filter.actor = user));
  take(/\sby\s+(?:the\s+)?(app|patient)s?(?=\s)/i, (who) => (filter.actor = who.toLowerCase()));
  take(/\s(?:(?:send|campaign)\s+#?|#)(\d{1,9})(?=\s)/i, (id) => (filter.campaignId = Number(id)));
  take(
    /\slast\s+(\d{1,3})\s+days?(?=\s)/i,
    (days) => (filter.from = new Date(day('today').getTime() - (Number(days) - 1) * DAY_MS)),
  );
  take(new RegExp(String.raw`\s(?:from\s+)?${DATE}\s*(?:to|until|\.\.|–|-)\s*${DATE}(?=\s)`, 'i'), (from, to) => {
    filter.from = day(from);
    filter.to = dayAfter(day(to), timeZone);
  });
  take(new RegExp(String.raw`\s(?:on\s+)?${DATE}(?=\s)`, 'i'), (only) => {
    filter.from = day(only);
    filter.to = dayAfter(filter.from, timeZone);
  });
  take(/\spatient\s+(.+)$/i, (words) => (filter.patient = words.trim()));
  const action = rest
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (action !== '') filter.action = action;
  return filter;
};

const isoDay = (at: Date, timeZone: TimeZone): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

const startOfDay = (word: string, { now, timeZone }: { now: Date; timeZone: TimeZone }): Date => {
  const today = fromZonedTime(`${isoDay(now, timeZone)}T00:00:00`, timeZone);
  if (word.toLowerCase() === 'today') return today;
  // Noon of the day before: whatever the clocks did in between, it is that day.
  if (word.toLowerCase() === 'yesterday')
    return startOfDay(isoDay(new Date(today.getTime() - DAY_MS / 2), timeZone), { now, timeZone });
  const at = fromZonedTime(`${word}T00:00:00`, timeZone);
  if (!Number.isNaN(at.getTime()) && isoDay(at, timeZone) === word) return at;
  throw new AppError('AUDIT_FILTER', {
    message: 'not a date',
    userMessage: `“${word}” is not a day. Write it like 2026-11-03, or today, yesterday, last 7 days.`,
  });
};

const dayAfter = (start: Date, timeZone: TimeZone): Date =>
  startOfDay(isoDay(new Date(start.getTime() + 1.5 * DAY_MS), timeZone), { now: start, timeZone });
