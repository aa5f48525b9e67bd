import { explainError, KNOWN_TWILIO_ERRORS, type TwilioAction } from '../../../src/domain/twilio-errors';

test.each<[number, TwilioAction]>([
  [20429, 'retry'],
  [20003, 'stop all'],
  [21211, 'mark number'],
  [21614, 'mark number'],
  [21408, 'never'],
  [21610, 'opt out'],
  [21611, 'slow down'],
  [30001, 'slow down'],
  [30003, 'retry later'],
  [30004, 'mark number'],
  [30005, 'mark number'],
  [30006, 'mark number'],
  [30007, 'never'],
  [30008, 'ask a person'],
  [30022, 'slow down'],
  [30034, 'never'],
  [30036, 'hold for next window'],
  [63038, 'next day'],
])('%d: %s', (code, action) => {
  expect(explainError(code).action).toBe(action);
});

test('an error that nobody foresaw is left to a person, with its number', () => {
  const { action, sentence } = explainError(39_999);
  expect(action).toBe('ask a person');
  expect(sentence).toContain('39999');
});

test('every sentence says what happened and what follows, in few plain words', () => {
  for (const code of [...KNOWN_TWILIO_ERRORS, 39_999]) {
    const { sentence } = explainError(code);
    expect(sentence.split(/[.;] |, so /).length).toBeGreaterThan(1);
    expect(sentence.length).toBeLessThanOrEqual(130);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  }
});

test('what concerns the clinic’s account alerts its admins; what concerns one phone does not', () => {
  for (const code of [20003, 21408, 30034, 63038]) expect(explainError(code).alert).toBe('at once');
  expect(explainError(30007).alert).toBe('when frequent');
  for (const code of [21211, 21610, 30003, 30005, 30036]) expect(explainError(code).alert).toBe('no');
});
