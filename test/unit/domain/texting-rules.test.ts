import fc from 'fast-check';
import {
  bothOpen,
  formatWeek,
  hoursFor,
  parseWeek,
  rulesOf,
  simpleRules,
  storedRules,
} from '../../../src/domain/texting-rules';
import { isOpen, type TextingHours } from '../../../src/domain/texting-window';

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const window = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .filter(([open, close]) => open < close)
  .map(([open, close]) => `${clock(open)}-${clock(close)}`);
const day = fc.oneof(window, fc.constant('closed'));
const week = fc.array(day, { minLength: 7, maxLength: 7 });
const hours = week.map((days): TextingHours => rulesOf({ ...simpleRules('07:00-21:00'), week: days }).base);
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 })
  .map((minute) => new Date(minute * 60_000));

test('where two sets of hours both hold, it is open exactly when both are', () => {
  fc.assert(
    fc.property(hours, hours, instant, (a, b, now) => {
      const zones = ['America/New_York'];
      expect(isOpen(bothOpen(a, b), zones, now)).toBe(isOpen(a, zones, now) && isOpen(b, zones, now));
    }),
  );
});

test('a state narrows the hours of a kind of text and never widens them', () => {
  fc.assert(
    fc.property(week, week, window, instant, (base, campaign, florida, now) => {
      const rules = rulesOf({ ...simpleRules('07:00-21:00'), week: base, campaign, states: { FL: florida } });
      const zones = ['America/New_York'];
      const inState = isOpen(hoursFor(rules, 'campaign', 'FL'), zones, now);
      const elsewhere = isOpen(hoursFor(rules, 'campaign', null), zones, now);
      expect(inState && !elsewhere).toBe(false);
    }),
  );
});

test.each([
  ['campaign', 'FL', '2026-03-03T12:30:00Z', false], // 07:30 in Miami: campaigns are open from 7, Florida from 8
  ['campaign', 'GA', '2026-03-03T12:30:00Z', true],
  ['conversation', 'GA', '2026-03-03T12:30:00Z', false], // 1-to-1 texts from 9
  ['campaign', 'toString', '2026-03-03T12:30:00Z', true],
] as const)('%s in %s at %s: %s', (kind, state, now, open) => {
  const conversation = Array.from({ length: 7 }, () => '09:00-17:00');
  const rules = rulesOf({ ...simpleRules('07:00-21:00'), conversation, states: { FL: '08:00-20:00' } });
  expect(isOpen(hoursFor(rules, kind, state), ['America/New_York'], new Date(now))).toBe(open);
});

test('nobody is texted on a dark day, whatever the kind', () => {
  const rules = rulesOf({ ...simpleRules('00:00-24:00'), darkDays: ['2026-12-25'] });
  const noon = new Date('2026-12-25T17:00:00Z');
  for (const kind of ['campaign', 'conversation'] as const) {
    expect(isOpen(hoursFor(rules, kind, null), ['America/New_York'], noon)).toBe(false);
    expect(isOpen(hoursFor(rules, kind, null), ['Asia/Tokyo'], noon)).toBe(true); // the 26th there
  }
});

test('a week is read as it was written', () => {
  fc.assert(
    fc.property(week, (days) => {
      expect(parseWeek(formatWeek(days))).toEqual({ ok: true, week: days });
    }),
  );
});

test.each([
  ['07:00-21:00', Array.from({ length: 7 }, () => '07:00-21:00')],
  [
    'mon-fri 8:00-20:00; Saturday 09:00-12:00',
    ['closed', ...Array.from({ length: 5 }, () => '8:00-20:00'), '09:00-12:00'],
  ],
  ['Sat-Mon 10:00-11:00', ['10:00-11:00', '10:00-11:00', 'closed', 'closed', 'closed', 'closed', '10:00-11:00']],
])('staff may write “%s”', (text, days) => {
  expect(parseWeek(text)).toEqual({ ok: true, week: days });
});

test.each(['', 'nine to five', 'Xyz 09:00-10:00', '21:00-07:00', 'Mon-Fri'])(
  '“%s” is refused with what to write',
  (text) => {
    const read = parseWeek(text);
    expect(read.ok ? '' : read.problem).toMatch(/Write|write|hours|day/);
  },
);

test('what the settings keep is checked when it is read', () => {
  expect(storedRules.safeParse(simpleRules('07:00-21:00')).success).toBe(true);
  expect(storedRules.safeParse({ ...simpleRules('07:00-21:00'), darkDays: ['Christmas'] }).success).toBe(false);
});
