import fc from 'fast-check';
import {
  applyStatus,
  isSettled,
  MESSAGE_STATES,
  nextState,
  VALIDITY_ENDED,
  type MessageState,
  type StatusReport,
} from '../../../src/domain/delivery-status';

const after = (start: MessageState, reports: readonly StatusReport[]): MessageState =>
  reports.reduce((state, { status, errorCode }) => nextState(state, status, errorCode), start);

const report = fc.record({
  status: fc.constantFrom(
    ...['accepted', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'canceled', 'read'],
    ...['partially_delivered', 'received', 'something-new'],
  ),
  errorCode: fc.constantFrom(undefined, null, 30003, 30008, VALIDITY_ENDED),
});
const state = fc.constantFrom(...MESSAGE_STATES);

test.each<[MessageState, string, MessageState]>([
  ['SENDING', 'queued', 'SUBMITTED'],
  ['UNCERTAIN', 'accepted', 'SUBMITTED'],
  ['SENDING', 'delivered', 'DELIVERED'],
  ['SUBMITTED', 'sent', 'SUBMITTED'],
  ['SUBMITTED', 'undelivered', 'UNDELIVERED'],
  ['SUBMITTED', 'failed', 'FAILED'],
  ['SUBMITTED', 'canceled', 'CANCELED'],
  ['DELIVERED', 'sent', 'DELIVERED'],
  ['DELIVERED', 'queued', 'DELIVERED'],
  ['DELIVERED', 'failed', 'DELIVERED'],
  ['FAILED', 'sent', 'FAILED'],
  ['CANCELED', 'delivered', 'DELIVERED'],
  ['SUBMITTED', 'read', 'DELIVERED'],
  ['SUBMITTED', 'received', 'SUBMITTED'],
  ['SUBMITTED', 'a_status_of_next_year', 'SUBMITTED'],
  ['SENDING', 'DELIVERED', 'DELIVERED'],
])('%s and then “%s” is %s', (current, status, next) => {
  expect(nextState(current, status)).toBe(next);
});

test('the same callbacks end in the same state, in whatever order and however often they come', () => {
  const reports = fc.array(report, { minLength: 1, maxLength: 6 });
  const twoOrders = reports.chain((once) =>
    fc.tuple(
      fc.constant(once),
      fc
        .array(fc.constantFrom(...once), { maxLength: 6 })
        .chain((repeated) => fc.shuffledSubarray([...once, ...repeated], { minLength: once.length + repeated.length })),
    ),
  );
  fc.assert(
    fc.property(state, twoOrders, (start, [once, again]) => {
      expect(after(start, again)).toBe(after(start, once));
    }),
    { numRuns: 2_000 },
  );
});

test('a status never goes backwards: who was settled is not sent again by a late callback', () => {
  fc.assert(
    fc.property(state, fc.array(report), (start, reports) => {
      const end = after(start, reports);
      if (isSettled(start)) expect(isSettled(end)).toBe(true);
      if (start !== 'QUEUED') expect(end).not.toBe('QUEUED');
      if (start === 'DELIVERED') expect(end).toBe('DELIVERED');
    }),
  );
});

test('a validity that ended in the queue asks for another try, once', () => {
  const ended = { status: 'undelivered', errorCode: VALIDITY_ENDED };
  const first = applyStatus('SUBMITTED', ended);
  expect(first).toEqual({ state: 'EXPIRED', changed: true, requeue: true });
  expect(applyStatus(first.state, ended)).toEqual({ state: 'EXPIRED', changed: false, requeue: false });
  expect(applyStatus('SUBMITTED', { status: 'failed', errorCode: VALIDITY_ENDED }).requeue).toBe(true);
});

test('nothing else asks for another try, least of all what has arrived', () => {
  fc.assert(
    fc.property(state, report, (current, given) => {
      const { requeue } = applyStatus(current, given);
      if (requeue) {
        expect(given.errorCode).toBe(VALIDITY_ENDED);
        expect(['undelivered', 'failed']).toContain(given.status);
        expect(isSettled(current)).toBe(false);
      }
    }),
  );
  expect(applyStatus('DELIVERED', { status: 'undelivered', errorCode: VALIDITY_ENDED }).requeue).toBe(false);
});
