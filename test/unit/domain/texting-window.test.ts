import fc from 'fast-check';
import { AppError } from '../../../src/domain/errors';
import {
  closesAt,
  everyDay,
  formatTextingWindow,
  isOpen,
  nextOpening,
  parseTextingWindow,
} from '../../../src/domain/texting-window';
import type { TextingHours, TextingWindow } from '../../../src/domain/texting-window';

const US_ZONES = [
  'America/Adak', 'America/Anchorage', 'America/Boise', 'America/Chicago', 'America/Denver', 'America/Detroit',
  'America/Indiana/Indianapolis', 'America/Indiana/Knox', 'America/Indiana/Marengo', 'America/Indiana/Petersburg',
  'America/Indiana/Tell_City', 'America/Indiana/Vevay', 'America/Indiana/Vincennes', 'America/Indiana/Winamac',
  'America/Juneau', 'America/Kentucky/Louisville', 'America/Kentucky/Monticello', 'America/Los_Angeles',
  'America/Menominee', 'America/Metlakatla', 'America/New_York', 'America/Nome', 'America/North_Dakota/Beulah',
  'America/North_Dakota/Center', 'America/North_Dakota/New_Salem', 'America/Phoenix', 'America/Puerto_Rico',
  'America/Sitka', 'America/St_Thomas', 'America/Yakutat', 'Pacific/Guam', 'Pacific/Honolulu', 'Pacific/Pago_Pago',
  'Pacific/Saipan',
]; // prettier-ignore

/** Daylight time begins on the second Sunday of March and ends on the first of November (Energy Policy Act of 2005). */
const sunday = (year: number, month: number, nth: number): string => {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return new Date(Date.UTC(year, month - 1, 1 + ((7 - first) % 7) + (nth - 1) * 7)).toISOString().slice(0, 10);
};
const CHANGES = [2026, 2027, 2028, 2029, 2030].flatMap((year) => [sunday(year, 3, 2), sunday(year, 11, 1)]);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

// The oracle: what the wall says, as text, by another formatter than the code's, and one minute at a time.
const walls = new Map(
  US_ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
);
const openByWall = (hours: TextingHours, zone: string, instant: number): boolean => {
  const [date = '', time = ''] = walls.get(zone)?.format(instant).split(' ') ?? [];
  const window = hours.week[new Date(date).getUTCDay()];
  if (!window || hours.darkDays.has(date)) return false;
  const [open = '', close = ''] = formatTextingWindow(window).split('-');
  return time >= open && time < close;
};
const allOpenByWall = (hours: TextingHours, zones: readonly string[], instant: number): boolean =>
  zones.every((zone) => openByWall(hours, zone, instant));

/** The first whole minute from `from` to `to` that is open (or closed) by the wall. */
const walk = (
  hours: TextingHours,
  zones: readonly string[],
  [from, to]: [number, number],
  open: boolean,
): number | null => {
  for (let minute = Math.ceil(from / MINUTE) * MINUTE; minute <= to; minute += MINUTE)
    if (allOpenByWall(hours, zones, minute) === open) return minute;
  return null;
};

const windows = fc.oneof(
  fc
    .constantFrom(
      '07:00-21:00',
      '00:00-24:00',
      '01:30-02:30',
      '02:00-03:00',
      '01:00-01:01',
      '23:59-24:00',
      '02:30-21:00',
    )
    .map(parseTextingWindow),
  fc
    .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 90 }))
    .map(([open, length]) => ({ open, close: Math.min(1440, open + length) })),
  fc
    .tuple(fc.integer({ min: 0, max: 1438 }), fc.nat(1440))
    .map(([open, length]) => ({ open, close: Math.min(1440, open + 1 + length) })),
);
const hoursAround = (change: string): fc.Arbitrary<TextingHours> =>
  fc.record({
    week: fc.array(fc.option(windows, { freq: 5 }), { minLength: 7, maxLength: 7 }),
    darkDays: fc.constantFrom<string[]>([], [change], ['2026-12-25']).map((days) => new Set(days)),
  });
const situations = fc.constantFrom(...CHANGES).chain((change) =>
  fc.record({
    hours: hoursAround(change),
    zones: fc.uniqueArray(fc.constantFrom(...US_ZONES), { minLength: 1, maxLength: 3 }),
    now: fc.integer({ min: -30 * HOUR, max: 40 * HOUR }).map((ms) => Date.parse(`${change}T00:00:00Z`) + ms),
  }),
);

test('no instant outside the wall’s hours is open, and none inside is closed: each zone, each change of the clock to 2030', () => {
  const hours = [everyDay(parseTextingWindow('07:00-21:00')), everyDay(parseTextingWindow('01:30-02:30'))];
  for (const change of CHANGES)
    for (const zone of US_ZONES)
      for (let step = 0; step < 42 * 60; step += 7) {
        const instant = Date.parse(`${change}T00:00:00Z`) + step * MINUTE + 59_999;
        for (const each of hours)
          if (isOpen(each, [zone], new Date(instant)) !== openByWall(each, zone, instant))
            throw new Error(`${zone} at ${new Date(instant).toISOString()}`);
      }
});

test('at each zone’s changes of the clock, the day opens and closes at the minute that a walk finds', () => {
  const hours = everyDay(parseTextingWindow('01:30-02:45'));
  for (const change of CHANGES)
    for (const zone of US_ZONES) {
      const from = Date.parse(`${change}T00:00:00Z`);
      const opening = walk(hours, [zone], [from, from + 72 * HOUR], true);
      expect([zone, nextOpening(hours, [zone], new Date(from))?.getTime()]).toEqual([zone, opening]);
      const closing = walk(hours, [zone], [opening ?? 0, from + 72 * HOUR], false);
      expect([zone, closesAt(hours, [zone], new Date(opening ?? 0))?.getTime()]).toEqual([zone, closing]);
    }
});

test('the next opening is the first instant that is open in all zones', () => {
  fc.assert(
    fc.property(situations, ({ hours, zones, now }) => {
      const opening = nextOpening(hours, zones, new Date(now))?.getTime() ?? null;
      if (allOpenByWall(hours, zones, now)) return opening === now;
      const walked = walk(hours, zones, [now, now + 48 * HOUR], true);
      return walked === null ? opening === null || opening > now + 48 * HOUR : opening === walked;
    }),
    { numRuns: 150 },
  );
});

test('it closes at the first instant that is shut in one of the zones', () => {
  fc.assert(
    fc.property(situations, ({ hours, zones, now }) => {
      fc.pre(allOpenByWall(hours, zones, now));
      const closing = closesAt(hours, zones, new Date(now))?.getTime() ?? null;
      const walked = walk(hours, zones, [now, now + 48 * HOUR], false);
      return walked === null ? closing === null || closing > now + 48 * HOUR : closing === walked;
    }),
    { numRuns: 100 },
  );
});

const hours = everyDay(parseTextingWindow('07:00-21:00'));
const iso = (date: Date | null): string | undefined => date?.toISOString();

test('closing time is exclusive to the millisecond, opening time inclusive', () => {
  const at = (time: string): boolean => isOpen(hours, ['America/New_York'], new Date(`2026-07-01T${time}Z`));
  expect([at('10:59:59.999'), at('11:00:00.000')]).toEqual([false, true]);
  expect([at('00:59:59.999'), at('01:00:00.000')]).toEqual([true, false]);
});

test('a patient who may be in two zones is texted only while both are open', () => {
  const zones = ['America/New_York', 'America/Los_Angeles'];
  expect(isOpen(hours, zones, new Date('2026-07-01T13:59:00Z'))).toBe(false);
  expect(iso(nextOpening(hours, zones, new Date('2026-07-01T11:00:00Z')))).toBe('2026-07-01T14:00:00.000Z');
  expect(iso(closesAt(hours, zones, new Date('2026-07-01T14:00:00Z')))).toBe('2026-07-02T01:00:00.000Z');
});

test('an open instant is its own next opening, and a closed one its own closing', () => {
  const open = new Date('2026-07-01T15:30:20.500Z');
  const closed = new Date('2026-07-01T05:30:20.500Z');
  expect(nextOpening(hours, ['America/New_York'], open)).toEqual(open);
  expect(closesAt(hours, ['America/New_York'], closed)).toEqual(closed);
});

test('with no zone at all nobody is texted', () => {
  const now = new Date('2026-07-01T15:30:00Z');
  expect([isOpen(hours, [], now), nextOpening(hours, [], now)]).toEqual([false, null]);
});

test('the whole day, every day, never closes; a dark day closes it at midnight', () => {
  const always = everyDay(parseTextingWindow('00:00-24:00'));
  const holiday = everyDay(parseTextingWindow('00:00-24:00'), ['2026-12-25']);
  const now = new Date('2026-07-01T15:30:00Z');
  expect(closesAt(always, ['America/Denver'], now)).toBeNull();
  expect(iso(closesAt(holiday, ['America/Denver'], now))).toBe('2026-12-25T07:00:00.000Z');
  expect(iso(nextOpening(holiday, ['America/Denver'], new Date('2026-12-25T07:00:00Z')))).toBe(
    '2026-12-26T07:00:00.000Z',
  );
});

test('days that are all closed, or zones whose hours never meet, have no next opening', () => {
  const now = new Date('2026-07-01T15:30:00Z');
  expect(nextOpening({ week: Array(7).fill(null), darkDays: new Set() }, ['America/Denver'], now)).toBeNull();
  const morning = everyDay(parseTextingWindow('07:00-08:00'));
  expect(nextOpening(morning, ['America/New_York', 'America/Los_Angeles'], now)).toBeNull();
});

test('one open day a week is found across a closed week, and a year of dark days is not waited for', () => {
  const saturday = { ...hours, week: hours.week.map((window, day) => (day === 6 ? window : null)) };
  expect(iso(nextOpening(saturday, ['America/Chicago'], new Date('2026-07-05T12:00:00Z')))).toBe(
    '2026-07-11T12:00:00.000Z',
  );
  const dark = Array.from({ length: 420 }, (_, day) => new Date(Date.UTC(2026, 5, 1 + day)).toISOString().slice(0, 10));
  expect(
    nextOpening({ ...hours, darkDays: new Set(dark) }, ['America/Chicago'], new Date('2026-07-05T12:00:00Z')),
  ).toBeNull();
});

test('a window that is written is read, and written again', () => {
  fc.assert(
    fc.property(windows, (window: TextingWindow) =>
      expect(parseTextingWindow(formatTextingWindow(window))).toEqual(window),
    ),
  );
  expect(parseTextingWindow(' 7:00 – 21:30 ')).toEqual({ open: 420, close: 1290 });
});

test.each([
  ['21:00-07:00', /past midnight/],
  ['07:00-07:00', /empty/],
  ['24:00-24:00', /empty/],
  ['07:00-24:01', /24-hour clock/],
  ['07:60-21:00', /24-hour clock/],
  ['7-21', /24-hour clock/],
  ['7am-9pm', /24-hour clock/],
  ['', /24-hour clock/],
  ['-1:00-21:00', /24-hour clock/],
])('%s is refused with what to write instead', (text, sentence) => {
  expect(() => parseTextingWindow(text)).toThrow(AppError);
  try {
    parseTextingWindow(text);
  } catch (error) {
    expect((error as AppError).code).toBe('BAD_TEXTING_WINDOW');
    expect((error as AppError).userMessage).toMatch(sentence);
  }
});
