import fc from 'fast-check';
import { guardRail, isHardFailure, LOOKED_AT } from '../../../src/domain/guard-rails';

const latest = (failures: number, all: number, code = 30005): (number | null)[] =>
  Array.from({ length: all }, (_, index) => (index < failures ? code : null));
const NOBODY = { texted: 0, optedOut: 0 };

describe('a send is looked at by a person', () => {
  test.each([
    [10, 200, false],
    [11, 200, true],
    [1, 20, false],
    [2, 20, false],
    [3, 20, true],
    [19, 19, false],
  ])('with %i hard failures of %i texts: %s', (failures, all, stops) => {
    expect(guardRail({ latest: latest(failures, all), ...NOBODY }) !== null).toBe(stops);
  });

  test.each([
    [6, 200, false],
    [7, 200, true],
    [3, 100, false],
    [4, 100, true],
    [2, 20, false],
  ])('with %i opt-outs of %i patients: %s', (optedOut, texted, stops) => {
    expect(guardRail({ latest: [], texted, optedOut }) !== null).toBe(stops);
  });

  test('a reason names what happened', () => {
    expect(guardRail({ latest: latest(12, 200), ...NOBODY })).toBe(
      '12 of the latest 200 texts failed for good (wrong or blocked numbers): more than 5 %.',
    );
    expect(guardRail({ latest: latest(12, 200, 30007), ...NOBODY })).toContain('filtered by carriers as spam');
    expect(guardRail({ latest: [], texted: 150, optedOut: 7 })).toBe('7 of 150 patients opted out: more than 3 %.');
  });

  test('phones that are off, full queues and unknown fates stop nothing', () => {
    for (const code of [30003, 30001, 30008, 30022, 30036, 21610]) expect(isHardFailure(code)).toBe(false);
    for (const code of [30004, 30005, 30006, 30007, 30034, 21614]) expect(isHardFailure(code)).toBe(true);
  });

  test('one more failure never lets a send go on that was to stop', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: LOOKED_AT }), fc.nat(LOOKED_AT), (all, some) => {
        const failures = Math.min(some, all - 1);
        const before = guardRail({ latest: latest(failures, all), ...NOBODY });
        const after = guardRail({ latest: latest(failures + 1, all), ...NOBODY });
        expect(before !== null && after === null).toBe(false);
      }),
    );
  });
});
