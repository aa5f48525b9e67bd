import fc from 'fast-check';
import { readResponsesWords } from '../../../src/domain/responses-words';

test.each([
  ['', { filter: 'all', sort: 'class', send: null }],
  ['Unexpected', { filter: 'unexpected', sort: 'class', send: null }],
  ['12 urgent', { filter: 'urgent', sort: 'class', send: 12 }],
  ['#12', { filter: 'all', sort: 'class', send: 12 }],
  ['no answer send 3 by patient', { filter: 'silent', sort: 'patient', send: 3 }],
  ['no-answer', { filter: 'silent', sort: 'class', send: null }],
  ['Second dose sorted by time', { filter: 'all', sort: 'time', send: 'Second dose' }],
  ['“No answer by time” unanswered', { filter: 'unanswered', sort: 'class', send: 'No answer by time' }],
])('%s', (words, meant) => {
  expect(readResponsesWords(words)).toEqual(meant);
});

test('whatever is in quotes is a name, and a name alone', () => {
  const name = fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/);
  fc.assert(
    fc.property(name, (said) => {
      expect(readResponsesWords(`"${said}"`)).toEqual({ filter: 'all', sort: 'class', send: said });
    }),
  );
});
