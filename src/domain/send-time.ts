import * as chrono from 'chrono-node';
import { clipWords } from './clip-words';
import { instantOf, type TimeZone, wallClock } from './time-zone';

export type ReadTime =
  /** Null = now. */
  { readonly ok: true; readonly startAt: Date | null } | { readonly ok: false; readonly problem: string };

/** In characters: nobody says a time in more, and chrono takes its time with them. */
const LONGEST = 100;

const EXAMPLE = 'Write it like “at 9am tomorrow” or “at 2026-11-30 14:00”.';

/**
 * When a send is to start, as people say it: `at 9am tomorrow`, `on Friday at 2:30 pm`, `in two hours`, `now`. Read on the
 * clinic's wall clock, unless another zone is named; a time of day that has passed today is meant for tomorrow.
 */
export const readSendTime = (words: string, now: Date, zone: TimeZone): ReadTime => {
  const text = words.trim().replace(/\s+/g, ' ');
  if (/^(?:right )?now$/i.test(text)) return { ok: true, startAt: null };
  if (text.length > LONGEST) return notUnderstood(text);
  const wall = wallClock(now, zone);
  // To chrono the clinic's wall is UTC: so no jump of the clock between now and then gets into the reading.
  const reference = { instant: new Date(Date.parse(`${wall.isoDate}T00:00:00Z`) + wall.minute * 60_000), timezone: 0 };
  const [found, ...others] = chrono.casual.parse(text, reference, { forwardDate: true });
  const rest = found
    ? text
        .replace(found.text, '')
        .replace(/\b(?:at|on|from)\b/gi, '')
        .trim()
    : text;
  if (!found || others.length > 0 || rest !== '') return notUnderstood(text);
  const { start } = found;
  if (!start.isCertain('hour')) return { ok: false, problem: `At what hour? ${EXAMPLE}` };
  // Counted from now: the wall's jumps have nothing to do with it, and chrono's own zone is not the clinic's.
  if (found.tags().has('result/relativeDateAndTime')) {
    const startAt = new Date(now.getTime() + start.date().getTime() - reference.instant.getTime());
    // To chrono “at 14h” is in 14 hours.
    return /^at\b/i.test(text) || startAt <= now ? notUnderstood(text) : { ok: true, startAt };
  }
  if (isHalfOfDayOpen(start, found.text)) {
    const hour = start.get('hour') ?? 0;
    return { ok: false, problem: `${hour} in the morning or in the afternoon? Write “${hour}am” or “${hour}pm”.` };
  }
  const startAt = instantFrom(start, zone);
  const namesDay = start.isCertain('day') || start.isCertain('weekday');
  const tomorrow = new Date(startAt.getTime() + 86_400_000);
  const meant = startAt <= now && !namesDay ? instantFrom(start, zone, wallClock(tomorrow, zone).isoDate) : startAt;
  return meant <= now
    ? { ok: false, problem: `“${clipWords(text)}” has passed. Name a later time.` }
    : { ok: true, startAt: meant };
};

/** Whether there is a time in these words at all; which one does not matter yet. */
export const looksLikeTime = (words: string): boolean =>
  /^(?:right )?now$/i.test(words) || chrono.casual.parse(words.slice(0, LONGEST)).length > 0;

const notUnderstood = (text: string): ReadTime => ({
  ok: false,
  problem: `“${clipWords(text)}” is not understood as a time. ${EXAMPLE}`,
});

/** “At 2” is hardly meant for the night; “02:00” and “14:00” say it. */
const isHalfOfDayOpen = (start: chrono.ParsedComponents, text: string): boolean => {
  const hour = start.get('hour') ?? 0;
  return !start.isCertain('meridiem') && hour >= 1 && hour <= 6 && !/\b0\d/.test(text);
};

const two = (number: number): string => String(number).padStart(2, '0');

const instantFrom = (start: chrono.ParsedComponents, zone: TimeZone, isoDate?: string): Date => {
  const of = (part: chrono.Component): number => start.get(part) ?? 0;
  const minute = of('hour') * 60 + of('minute');
  const date = isoDate ?? `${of('year')}-${two(of('month'))}-${two(of('day'))}`;
  if (!start.isCertain('timezoneOffset')) return instantOf({ isoDate: date, minute }, zone);
  return new Date(Date.parse(`${date}T00:00:00Z`) + (minute - of('timezoneOffset')) * 60_000);
};
