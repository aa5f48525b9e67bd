import fc from 'fast-check';
import { formatInTimeZone } from 'date-fns-tz';
import { instantOf, isTimeZone, minuteOfDay, wallClock } from '../../../src/domain/time-zone';

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone').filter(isTimeZone));
const instants = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2037-12-31T00:00:00Z'),
  noInvalidDate: true,
});

test('each zone that the machine knows is a zone, and what clinics write otherwise is not', () => {
  expect(Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/') && !isTimeZone(zone))).toEqual([]);
  expect(['UTC', 'US/Eastern', 'America/Indiana/Knox'].every(isTimeZone)).toBe(true);
  const none = [
    '',
    'EST',
    'MST',
    'Eastern',
    'America/Springfield',
    'America',
    '/',
    'GMT+5',
    '+05:00',
    '../etc/passwd',
    'a/b\n',
  ];
  expect(none.filter(isTimeZone)).toEqual([]);
});

test('the wall clock is what date-fns-tz says, in every zone of the world', () => {
  fc.assert(
    fc.property(instants, zones, (now, zone) => {
      const { isoDate, weekday, minute, year, month, day } = wallClock(now, zone);
      const [date = '', iso, hours, minutes] = formatInTimeZone(now, zone, 'yyyy-MM-dd i H m').split(' ');
      expect([isoDate, weekday, minute]).toEqual([date, Number(iso) % 7, Number(hours) * 60 + Number(minutes)]);
      expect([year, month, day]).toEqual(date.split('-').map(Number));
      expect(minuteOfDay(now, zone)).toBe(minute);
    }),
    { numRuns: 500 },
  );
});

test('midnight is minute 0 of the new day, and the last second belongs to the old one', () => {
  expect(wallClock(new Date('2026-07-01T05:00:00Z'), 'America/Chicago')).toMatchObject({
    isoDate: '2026-07-01',
    minute: 0,
  });
  expect(wallClock(new Date('2026-07-01T04:59:59.999Z'), 'America/Chicago')).toMatchObject({
    isoDate: '2026-06-30',
    minute: 1439,
  });
});

test('an instant goes to the wall and back, except where the clock shows a time twice', () => {
  fc.assert(
    fc.property(instants, zones, (now, zone) => {
      const wall = wallClock(now, zone);
      const back = instantOf(wall, zone);
      expect(wallClock(back, zone)).toEqual(wall);
      const early = Math.floor(now.getTime() / 60_000) * 60_000 - back.getTime();
      // Clocks are set back by 30 minutes (Lord Howe) to 3 hours (Antarctic stations), and the first time counts.
      expect(early === 0 || (early >= 30 * 60_000 && early <= 180 * 60_000)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['2026-03-08', 120, 'America/New_York', '2026-03-08T07:00:00.000Z', 'skipped 02:00 is 03:00'],
  ['2026-03-08', 150, 'America/New_York', '2026-03-08T07:30:00.000Z', 'skipped 02:30 is 03:30'],
  ['2026-03-08', 150, 'America/Los_Angeles', '2026-03-08T10:30:00.000Z', 'skipped 02:30 is 03:30'],
  ['2026-03-08', 150, 'Pacific/Honolulu', '2026-03-08T12:30:00.000Z', 'no daylight time'],
  ['2026-11-01', 90, 'America/New_York', '2026-11-01T05:30:00.000Z', 'the first 01:30'],
  ['2004-09-30', 1380, 'Africa/Cairo', '2004-09-30T20:00:00.000Z', 'the first 23:00, where winter begins at midnight'],
  ['2026-11-01', 420, 'America/Denver', '2026-11-01T14:00:00.000Z', 'winter time'],
  ['2026-12-31', 1440, 'America/New_York', '2027-01-01T05:00:00.000Z', 'midnight at the end'],
])('%s minute %i in %s is %s: %s', (isoDate, minute, zone, expected) => {
  expect(instantOf({ isoDate, minute }, zone).toISOString()).toBe(expected);
});

test('a zone that does not exist is an error, not a silent UTC', () => {
  expect(() => wallClock(new Date(0), 'America/Springfield')).toThrow(RangeError);
  expect(() => instantOf({ isoDate: '2026-01-01', minute: 0 }, 'America/Springfield')).toThrow(RangeError);
});
