import fc from 'fast-check';
import { planSend, type PlanRequest } from '../../../src/domain/send-plan';

const HOUR = 3_600_000;
const nine = new Date('2026-03-03T14:00:00Z');
const after = (hours: number): Date => new Date(nine.getTime() + hours * HOUR);

/** Open for twelve hours from nine on, every day. */
const windowAt: PlanRequest['windowAt'] = (_key, at) => {
  const since = at.getTime() - nine.getTime();
  const day = Math.floor(since / (24 * HOUR));
  const into = since - day * 24 * HOUR;
  const open = into < 12 * HOUR;
  return { open, until: new Date(nine.getTime() + day * 24 * HOUR + (open ? 12 : 24) * HOUR) };
};

const plan = (segments: number, more: Partial<PlanRequest> = {}) =>
  planSend({
    parts: [{ key: 'America/New_York', recipients: segments, segments }],
    from: nine,
    rate: 1,
    others: [],
    windowAt,
    ...more,
  })[0];

test('a send that ends in time', () => {
  expect(plan(3600)).toMatchObject({ startsAt: nine, endsAt: after(1), closesAt: after(12), late: 0 });
});

test('one that does not goes on the next morning, and says how many wait', () => {
  expect(plan(14 * 3600)).toMatchObject({ endsAt: after(26), closesAt: after(12), late: 2 * 3600 });
});

test('one that begins at night waits for the morning', () => {
  expect(plan(3600, { from: after(13) })).toMatchObject({ startsAt: after(24), endsAt: after(25), late: 0 });
});

test('another send takes half of the rate while it goes', () => {
  const parts = [{ key: 'America/New_York', recipients: 1800, segments: 1800 }];
  expect(plan(3600, { others: [{ from: nine, parts }] })).toMatchObject({ endsAt: after(1.5) });
});

test('nobody waits when the rate has no limit, and nothing starts where texting never opens', () => {
  expect(plan(1_000_000, { rate: 0 })).toMatchObject({ startsAt: nine, late: 0 });
  expect(plan(5, { windowAt: () => ({ open: false, until: null }) })).toMatchObject({ startsAt: null, endsAt: null });
});

test('more to send never ends earlier, and never more wait than there are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400_000 }), fc.integer({ min: 1, max: 50_000 }), (some, more) => {
      const [less, all] = [plan(some, { rate: 3 }), plan(some + more, { rate: 3 })];
      expect(all!.endsAt!.getTime()).toBeGreaterThanOrEqual(less!.endsAt!.getTime() - 1);
      expect(all!.late).toBeLessThanOrEqual(some + more);
    }),
    { numRuns: 100 },
  );
});
