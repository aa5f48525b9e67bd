import fc from 'fast-check';
import { SHORTEST_VALIDITY, validityPeriod } from '../../../src/domain/validity';

const NOW = new Date('2026-03-03T20:00:00Z');
/** Our call gives up after 15 s, so Twilio may begin to count as late as this, in ms. */
const LATEST_ARRIVAL_MS = 15_000;

test('whatever Twilio still queues has expired when the window closes, however late our call reached it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000, max: 90_000_000 }),
      fc.integer({ min: 0, max: LATEST_ARRIVAL_MS }),
      (left, late) => {
        const closes = new Date(NOW.getTime() + left);
        const seconds = validityPeriod(NOW, closes);
        if (seconds === null) return;
        expect(NOW.getTime() + late + seconds * 1_000).toBeLessThan(closes.getTime());
      },
    ),
  );
});

test('is a period that Twilio takes: whole seconds, neither too short nor longer than ten hours', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 90_000_000 }), (left) => {
      const seconds = validityPeriod(NOW, new Date(NOW.getTime() + left));
      if (seconds === null) return;
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(SHORTEST_VALIDITY);
      expect(seconds).toBeLessThanOrEqual(36_000);
    }),
  );
});

test.each([
  ['shortly before closing nothing is handed over any more', 34_000, null],
  ['a minute before closing it is', 60_000, 40],
  ['with hours left it ends before closing', 2 * 3_600_000, 2 * 3_600 - 20],
  ['Twilio keeps nothing for longer than ten hours', 13 * 3_600_000, 36_000],
  ['after closing nothing is handed over', -1, null],
])('%s', (_, left, seconds) => {
  expect(validityPeriod(NOW, new Date(NOW.getTime() + left))).toBe(seconds);
});

test('where texting never ends, Twilio may take its longest', () => {
  expect(validityPeriod(NOW, null)).toBe(36_000);
});
