import { dateOf } from '../../../src/twilio/date-of';

test('a date is a date, however it was written', () => {
  const at = new Date('2026-03-03T17:00:00Z');
  expect(dateOf(at)).toEqual(at);
  expect(dateOf('2026-03-03T17:00:00.000Z')).toEqual(at);
  expect(dateOf('Tue, 03 Mar 2026 17:00:00 +0000')).toEqual(at);
});

test.each([undefined, null, '', 'yesterday', new Date(NaN)])('%p is now', (value) => {
  expect(Math.abs(dateOf(value).getTime() - Date.now())).toBeLessThan(60_000);
});
