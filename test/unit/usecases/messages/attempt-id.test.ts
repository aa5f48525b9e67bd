import fc from 'fast-check';
import { newAttemptId } from '../../../../src/usecases/messages/attempt-id';

const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 }).map((ms) => new Date(ms));

test('attempts have UUIDs of version 7 that sort by their time, and no two are equal', () => {
  fc.assert(
    fc.property(time, time, (one, other) => {
      const ids = [newAttemptId(one), newAttemptId(other)];
      expect(ids.every((id) => UUID_7.test(id))).toBe(true);
      expect(ids[0]).not.toBe(ids[1]);
      if (one.getTime() !== other.getTime()) expect(ids[0]! < ids[1]!).toBe(one < other);
    }),
  );
});
