import fc from 'fast-check';
import { capacityPlan } from '../../../src/domain/capacity';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Open from 7 to 21 each day, in UTC. */
const windowAt = (at: Date): { open: boolean; until: Date } => {
  const midnight = Math.floor(at.getTime() / DAY) * DAY;
  const since = at.getTime() - midnight;
  if (since < 7 * HOUR) return { open: false, until: new Date(midnight + 7 * HOUR) };
  if (since < 21 * HOUR) return { open: true, until: new Date(midnight + 21 * HOUR) };
  return { open: false, until: new Date(midnight + DAY + 7 * HOUR) };
};
const plan = (segments: number, rate: number, from: string) =>
  capacityPlan({ segments, rate, from: new Date(from), windowAt });

test('25,000 at one a second take seven hours of one day', () => {
  expect(plan(25_200, 1, '2026-03-03T08:00:00Z')).toMatchObject({
    hours: 7,
    days: 1,
    lastAt: new Date('2026-03-03T15:00:00Z'),
  });
});

test('what does not fit goes on next morning; at night it waits', () => {
  expect(plan(25_200, 1, '2026-03-03T19:00:00Z')).toMatchObject({ days: 2, lastAt: new Date('2026-03-04T12:00:00Z') });
  expect(plan(10, 0, '2026-03-03T22:00:00Z')).toMatchObject({ days: 1, lastAt: new Date('2026-03-04T07:00:00Z') });
});

test('a window that never opens has no last text', () => {
  const never = () => ({ open: false, until: null });
  expect(capacityPlan({ segments: 1, rate: 1, from: new Date(0), windowAt: never }).lastAt).toBeNull();
});

test('more to send never ends sooner, and the end is always inside the window or at its close', () => {
  fc.assert(
    fc.property(fc.nat(400_000), fc.nat(1_000), fc.nat(DAY), (segments, more, start) => {
      const from = new Date(start);
      const one = capacityPlan({ segments, rate: 2, from, windowAt }).lastAt!.getTime();
      const other = capacityPlan({ segments: segments + more, rate: 2, from, windowAt }).lastAt!.getTime();
      expect(other).toBeGreaterThanOrEqual(one);
      const since = one % DAY;
      expect(since >= 7 * HOUR && since <= 21 * HOUR).toBe(true);
    }),
  );
});
