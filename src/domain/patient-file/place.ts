import { isTimeZone, type TimeZone } from '../time-zone';

/**
 * Five digits. ZIP+4 is cut; zeros that a spreadsheet took from the front are put back (New England's ZIPs begin with one,
 * Puerto Rico's with two). Null when it cannot be a US ZIP.
 */
export const zipOf = (text: string): string | null => {
  const digits = text.replace(/\.0+$/, '');
  const [, five = '', four] = /^(\d{1,5})(?:[-\s]+(\d{4})?)?$/.exec(digits) ?? [];
  if (five.length >= 3) return five.padStart(5, '0');
  if (four === undefined && /^\d{7,9}$/.test(digits)) return digits.padStart(9, '0').slice(0, 5);
  return null;
};

const STATES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|' +
    'FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|' +
    'MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|' +
    'NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|' +
    'PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|' +
    'WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|GU Guam|MP Northern Mariana Islands|' +
    'PR Puerto Rico|VI Virgin Islands'
  )
    .split('|')
    .flatMap((entry) => [
      [entry.slice(0, 2), entry.slice(0, 2)],
      [entry.slice(3).toUpperCase(), entry.slice(0, 2)],
    ]),
);

/** The two letters of a US state or territory given by name or letters; null when it is none. */
export const stateOf = (text: string): string | null =>
  STATES[text.toUpperCase().replace(/\./g, '').replace(/\s+/g, ' ').trim()] ?? null;

/** What US staff write for zones. By "EST" they mean New York the year round, not the zone that knows no daylight time. */
const US_ZONES: readonly (readonly [TimeZone, RegExp])[] = [
  ['America/New_York', /^(?:eastern|e[sd]?t)$/],
  ['America/Chicago', /^(?:central|c[sd]?t)$/],
  ['America/Denver', /^(?:mountain|m[sd]?t)$/],
  ['America/Phoenix', /^arizona$/],
  ['America/Los_Angeles', /^(?:pacific|p[sd]?t)$/],
  ['America/Anchorage', /^(?:alaskan?|ak[sd]?t)$/],
  ['Pacific/Honolulu', /^(?:hawaii(?:an)?|hawaii-aleutian|h[sd]?t)$/],
  ['America/Puerto_Rico', /^(?:atlantic|ast|puerto rico)$/],
];

/** An IANA zone given by its name or as US staff write it (`Eastern`, `EST`, `US Pacific time`); null when it is none. */
export const timeZoneOf = (text: string): TimeZone | null => {
  if (isTimeZone(text)) return text;
  const words = text
    .toLowerCase()
    .replace(/^us[ /]/, '')
    .replace(/\s*(?:standard|daylight)?\s*time$/, '')
    .trim();
  return US_ZONES.find(([, written]) => written.test(words))?.[0] ?? null;
};
