import { capacityOf } from '../../../src/domain/capacity';
import { planSend, type PlanRequest } from '../../../src/domain/send-plan';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Open from 7 to 21 each day, in UTC. */
const windowAt = (_: string, at: Date): { open: boolean; until: Date } => {
  const midnight = Math.floor(at.getTime() / DAY) * DAY;
  const since = at.getTime() - midnight;
  if (since < 7 * HOUR) return { open: false, until: new Date(midnight + 7 * HOUR) };
  if (since < 21 * HOUR) return { open: true, until: new Date(midnight + 21 * HOUR) };
  return { open: false, until: new Date(midnight + DAY + 7 * HOUR) };
};
const never = () => ({ open: false, until: null });
const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY);

const capacity = (segments: number, from: string, rule: PlanRequest['windowAt'] = windowAt) => {
  const parts = [{ key: 'America/New_York', recipients: segments, segments }];
  const places = planSend({ parts, from: new Date(from), rate: 1, others: [], windowAt: rule });
  return capacityOf({ segments, rate: 1, places, dayOf });
};

test('25,200 at one a second take seven hours of one day', () => {
  const expected = { hours: 7, days: 1, lastAt: new Date('2026-03-03T15:00:00Z') };
  expect(capacity(25_200, '2026-03-03T08:00:00Z')).toMatchObject(expected);
});

test('what does not fit goes on next morning; at night it waits', () => {
  const two = { days: 2, lastAt: new Date('2026-03-04T12:00:00Z') };
  expect(capacity(25_200, '2026-03-03T19:00:00Z')).toMatchObject(two);
  const morning = { days: 1, lastAt: new Date('2026-03-04T07:00:10Z') };
  expect(capacity(10, '2026-03-03T22:00:00Z')).toMatchObject(morning);
});

test('where texting never opens there is no last text, and without a plan nothing is promised', () => {
  expect(capacity(1, '2026-03-03T19:00:00Z', never)?.lastAt).toBeNull();
  expect(capacityOf({ segments: 1, rate: 1, places: [], dayOf })).toBeNull();
});
