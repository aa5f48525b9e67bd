/**
 * `{{ visit | date: "%A, %B %-d at %-I:%M %p" }}`, in another language with `date: "%A %-d de %B", "es"`.
 *
 * Liquid's own filter reads the clock ("now") and this machine's time zone, either of which would make two patients' texts
 * differ for no reason that staff can see. A date in a patient's field is what is written on the wall at the clinic: no
 * zone, no conversion.
 */
interface WallTime {
  readonly date: Date; // its UTC fields are the wall's
  readonly hasTime: boolean;
}

const TIME = String.raw`(?:[T ,]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::\d{2})?\s*(?<half>[ap]\.?m\.?)?)?`;
const ISO = new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})${TIME}$`, 'i');
/** Month first, as in the United States. */
const US = new RegExp(String.raw`^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})${TIME}$`, 'i');

const readWallTime = (value: string): WallTime | undefined => {
  const fields = (ISO.exec(value) ?? US.exec(value))?.groups;
  if (!fields) return undefined;
  const [year, month, day] = [Number(fields.year), Number(fields.month), Number(fields.day)];
  const hour = to24(Number(fields.hour ?? 0), fields.half);
  const date = new Date(Date.UTC(year, month - 1, day, hour, Number(fields.minute ?? 0)));
  // 2026-02-30 or 25:00 roll over: not a date that anybody meant.
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return same ? { date, hasTime: fields.hour !== undefined } : undefined;
};

const to24 = (hour: number, half: string | undefined): number => {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
};

const two = (value: number): string => String(value).padStart(2, '0');

const names = new Map<string, Intl.DateTimeFormat>();
const nameOf = (date: Date, language: string, options: Intl.DateTimeFormatOptions): string => {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = names.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
  names.set(key, known);
  return known.format(date);
};

const hour12 = (date: Date): number => date.getUTCHours() % 12 || 12;

/** strftime's directives that make sense in a text to a patient. */
const DIRECTIVES: Readonly<Record<string, (date: Date, language: string) => string>> = {
  '%Y': (date) => String(date.getUTCFullYear()),
  '%y': (date) => two(date.getUTCFullYear() % 100),
  '%m': (date) => two(date.getUTCMonth() + 1),
  '%-m': (date) => String(date.getUTCMonth() + 1),
  '%d': (date) => two(date.getUTCDate()),
  '%-d': (date) => String(date.getUTCDate()),
  '%e': (date) => String(date.getUTCDate()),
  '%B': (date, language) => nameOf(date, language, { month: 'long' }),
  '%b': (date, language) => nameOf(date, language, { month: 'short' }),
  '%A': (date, language) => nameOf(date, language, { weekday: 'long' }),
  '%a': (date, language) => nameOf(date, language, { weekday: 'short' }),
  '%H': (date) => two(date.getUTCHours()),
  '%-H': (date) => String(date.getUTCHours()),
  '%I': (date) => two(hour12(date)),
  '%-I': (date) => String(hour12(date)),
  '%l': (date) => String(hour12(date)),
  '%M': (date) => two(date.getUTCMinutes()),
  '%p': (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  '%P': (date) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
  '%%': () => '%',
};

const DIRECTIVE = /%-?[A-Za-z%]/g;
const TIME_DIRECTIVE = /%-?[HIlMpP]/;

/**
 * The value in the given format. What is not a date ("next Tuesday") stays as it is. A format that asks for the time of a
 * date without one gives an empty text, so that the patient is left out rather than told 12:00 AM.
 */
export const formatDate = (value: string, format: string, language = 'en'): string => {
  const wall = readWallTime(value);
  if (!wall) return value;
  if (!wall.hasTime && TIME_DIRECTIVE.test(format)) return '';
  return format.replace(DIRECTIVE, (directive) => DIRECTIVES[directive]?.(wall.date, language) ?? directive);
};

/** What is wrong with a format or language that staff wrote. */
export const dateFormatFault = (format: string | undefined, language: string | undefined): string | undefined => {
  if (format !== undefined) {
    const odd = format.match(DIRECTIVE)?.find((directive) => !(directive in DIRECTIVES));
    if (odd !== undefined) return `The date format does not know ${odd}. Use for example "%A, %B %-d at %-I:%M %p".`;
    if (!/%/.test(format)) return 'The date format has no parts of a date. Use for example "%B %-d".';
  }
  if (language !== undefined && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)) {
    return `The date's language “${language}” is not known. Use a short name such as "en" or "es".`;
  }
  return undefined;
};
