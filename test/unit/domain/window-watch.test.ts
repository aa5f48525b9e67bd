import fc from 'fast-check';
import { rulesOf, simpleRules, type TextingRules } from '../../../src/domain/texting-rules';
import { closesAt, isOpen, nextOpening } from '../../../src/domain/texting-window';
import { hoursOfKey, WindowWatch } from '../../../src/domain/window-watch';
import { readWindowKey } from '../../../src/domain/window-key';

const KEYS = [
  'America/New_York',
  'America/Chicago',
  'America/Chicago,America/Denver|SD',
  'America/Phoenix',
  'Pacific/Honolulu',
  'America/New_York|FL',
  'America/Los_Angeles,America/New_York',
  '',
];

const stored = {
  week: ['closed', '07:00-21:00', '07:00-21:00', '08:30-17:00', '00:00-24:00', '00:00-24:00', '10:00-14:00'],
  darkDays: ['2026-12-25', '2027-01-01'],
  campaign: null,
  conversation: Array.from({ length: 7 }, () => '00:00-24:00'),
  states: { FL: '08:00-20:00', SD: '09:00-12:00' },
};
const RULES: readonly TextingRules[] = [rulesOf(simpleRules('07:00-21:00')), rulesOf(stored)];

/** From a week before one change of the clocks to a week behind the next, to the millisecond. */
const time = fc.integer({ min: Date.parse('2026-10-25T00:00:00Z'), max: Date.parse('2027-03-21T00:00:00Z') });
const kind = fc.constantFrom('campaign', 'conversation');

test('says what the hours say at any time, in whatever order it is asked: forwards, backwards, again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RULES),
      fc.array(fc.tuple(time, fc.constantFrom(...KEYS), kind), { minLength: 1, maxLength: 12 }),
      (rules, questions) => {
        const watch = new WindowWatch(() => rules);
        for (const [at, key, texts] of [...questions, ...questions]) {
          const now = new Date(at);
          const hours = hoursOfKey(rules, key, texts);
          const { zones } = readWindowKey(key);
          const open = isOpen(hours, zones, now);
          const until = open ? closesAt(hours, zones, now) : nextOpening(hours, zones, now);
          expect(watch.at(key, now, texts)).toMatchObject({ open, until });
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('a moment before it changes it is what it was, and at that moment it is not', () => {
  fc.assert(
    fc.property(time, fc.constantFrom(...KEYS.slice(0, -1)), (at, key) => {
      const watch = new WindowWatch(() => RULES[1]!);
      const { open, until } = watch.at(key, new Date(at), 'campaign');
      if (until === null) return;
      expect(watch.at(key, new Date(until.getTime() - 1), 'campaign').open).toBe(open);
      expect(watch.at(key, until, 'campaign').open).toBe(!open);
    }),
    { numRuns: 100 },
  );
});

test('hours that were changed hold at once', () => {
  let rules = RULES[0]!;
  const watch = new WindowWatch(() => rules);
  const now = new Date('2026-11-24T19:00:00Z');
  expect(watch.at('America/New_York', now, 'campaign').open).toBe(true);
  rules = rulesOf(simpleRules('07:00-12:00'));
  expect(watch.at('America/New_York', now, 'campaign').open).toBe(false);
});
