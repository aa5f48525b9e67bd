import fc from 'fast-check';
import { formatExpectedReplies, parseExpectedReplies } from '../../../src/domain/expected-replies';

const problemsOf = (form: string): readonly string[] => {
  const parsed = parseExpectedReplies(form);
  return parsed.ok ? [] : parsed.problems;
};

test.each([
  ['', []],
  ['  \n , \n', []],
  [
    'YES, NO',
    [
      { label: 'YES', words: [] },
      { label: 'NO', words: [] },
    ],
  ],
  [
    'YES\r\nNO',
    [
      { label: 'YES', words: [] },
      { label: 'NO', words: [] },
    ],
  ],
  [
    'YES; NO',
    [
      { label: 'YES', words: [] },
      { label: 'NO', words: [] },
    ],
  ],
  ['YES: yes, sí ,  count   me in', [{ label: 'YES', words: ['sí', 'count me in'] }]],
  [
    'YES = claro; NO=jamás',
    [
      { label: 'YES', words: ['claro'] },
      { label: 'NO', words: ['jamás'] },
    ],
  ],
  [
    'YES: ok | Thanks; see you at 3:00, bye\nNO',
    [
      { label: 'YES', words: ['ok'], autoAnswer: 'Thanks; see you at 3:00, bye' },
      { label: 'NO', words: [] },
    ],
  ],
  [
    'YES, NO | Sorry',
    [
      { label: 'YES', words: [] },
      { label: 'NO', words: [], autoAnswer: 'Sorry' },
    ],
  ],
  [
    '👍, 👎',
    [
      { label: '👍', words: [] },
      { label: '👎', words: [] },
    ],
  ],
])('%j is read', (form, replies) => {
  expect(parseExpectedReplies(form)).toEqual({ ok: true, replies });
});

test.each([
  ['YES: yes, NO: no', /second answer.*line of its own/],
  [': yes', /no name/],
  ['| Thank you', /no name/],
  ['YES\nyes!', /“yes!” stands for both YES and yes!/],
  ['YES\nSÍ', /both mean yes/],
  ['GO: now\nSTAY: now', /“now” stands for both GO and STAY/],
  ['YES\nCANCEL', /“CANCEL” always means “no more texts”.*RESCHEDULE/],
  ['YES: help', /clinic's name and phone/],
  ['START', /texts again/],
  ['YES: !!!', /no letters, numbers or emoji/],
  ['YES: right?', /asks something/],
  ['x'.repeat(31), /too long for a name/],
  [Array.from({ length: 11 }, (_, index) => `answer ${index}`).join('\n'), /11 answers: 10 at most/],
  [`YES | ${'x'.repeat(481)}`, /481 characters: 480 at most/],
])('%j is refused in words', (form, sentence) => {
  expect(problemsOf(form).join('\n')).toMatch(sentence);
});

test('what was read is written so that it reads the same', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdefgí 12👍'), minLength: 1, maxLength: 8 });
  const line = fc
    .tuple(word, fc.array(word, { maxLength: 4 }), fc.option(fc.string({ unit: 'grapheme', maxLength: 60 })))
    .map(([label, words, answer]) => `${label}: ${words.join(', ')}${answer === null ? '' : ` | ${answer}`}`);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const parsed = parseExpectedReplies(lines.join('\n'));
      fc.pre(parsed.ok);
      expect(parseExpectedReplies(formatExpectedReplies(parsed.replies))).toEqual(parsed);
    }),
  );
});

test('whatever is typed is either read or refused with a sentence', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aYNs,:=;|\n !?1👍'), maxLength: 60 }), (form) => {
      const parsed = parseExpectedReplies(form);
      expect(parsed.ok || parsed.problems.every((sentence) => /^[^\n]+\.?$/.test(sentence))).toBe(true);
    }),
  );
});
