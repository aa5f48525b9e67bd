import fc from 'fast-check';
import { DEFAULT_EMERGENCY_WORDS } from '../../../src/domain/emergency-words';
import { parseExpectedReplies, type ExpectedReply } from '../../../src/domain/expected-replies';
import { classifyReply, type ClassifiedReply } from '../../../src/domain/reply-classification';

const expecting = (form: string): readonly ExpectedReply[] => {
  const parsed = parseExpectedReplies(form);
  if (!parsed.ok) throw new Error(parsed.problems.join(' '));
  return parsed.replies;
};

const YES_NO = expecting('YES, NO');

const classify = (
  text: string,
  expected: readonly ExpectedReply[] | undefined = YES_NO,
  optedOut = false,
): ClassifiedReply => classifyReply({ text, expected, optedOut, emergencyWords: DEFAULT_EMERGENCY_WORDS });

test.each([
  ['YES', ['yes', 'Yes!', 'YES.', ' yes ', 'yes please', 'Yes, thank you', 'Yes thanks so much!', 'y', 'Y', 'Yesss']],
  ['YES', ['yep', 'Yeah', 'yup', 'sure', 'Of course!', 'ok yes', 'Hi, yes please', 'yes yes', 'Yes I will', 'yes 😊']],
  ['YES', ['sí por favor', 'SI', 'Sí', 'si gracias', '¡Sí!', 'claro que sí', 'Si, claro', 'por supuesto']],
  ['YES', ['👍', '👍🏽', '👍👍', '✅', '1', '1.', '#1', '1️⃣', '"Yes"', 'ｙｅｓ', 'y\u200bes', 'yes 👍🏿', 'Yes doctor 🙏']],
  [
    'NO',
    ['no', 'No.', 'NO!!', 'no thanks', 'No, thank you', 'no gracias', 'nope', 'Nah', 'n', '2', '2)', '👎', 'nooo'],
  ],
])('%s is meant by each of %j', (label, texts) => {
  for (const text of texts) expect([text, classify(text)]).toMatchObject([text, { class: 'expected', answer: label }]);
});

test.each([
  'yes but I have a fever',
  'Yes if it is after 5',
  'not sure',
  'not yes',
  'maybe',
  'no problem, yes',
  'no problem',
  'yes no',
  'Y/N',
  'YES or NO',
  '👍👎',
  '1 2',
  '12',
  '10',
  '3',
  'yes?',
  '¿Sí?',
  'ok',
  'thank you',
  '👋',
  'yesterday',
  'noon',
  'si puedo voy',
  'yes 🤒',
  'Yes, and my son?',
  'I said yes last week',
  'negative',
  '',
  '  \n',
  '...',
  '🤷',
])('“%s” is for a person to read', (text) => {
  const { class: kind, answer, why } = classify(text);
  expect({ kind, answer }).toEqual({ kind: 'unexpected', answer: undefined });
  expect(why).not.toBe('');
});

test.each([
  ['yes but chest pain', 'urgent'],
  ["I can't breathe", 'urgent'],
  ['no puedo respirar', 'urgent'],
  ['STOP', 'opt_out'],
  ['stop please', 'opt_out'],
  ['no me envíe más', 'opt_out'],
  ['START', 'opt_in'],
  ['HELP', 'help'],
  ['Ayuda!', 'help'],
  ['help, I am bleeding', 'urgent'],
  ['yes', 'expected'],
])('“%s” is %s', (text, kind) => {
  expect(classify(text).class).toBe(kind);
});

test('YES opts in only somebody who has opted out, and only as the one word', () => {
  expect(classify('Yes!', YES_NO, true).class).toBe('opt_in');
  expect(classify('Yes!', YES_NO, false)).toMatchObject({ class: 'expected', answer: 'YES' });
  expect(classify('yes please', YES_NO, true).class).not.toBe('opt_in');
  expect(classify('sí', YES_NO, true).class).not.toBe('opt_in');
});

test('who opts out with an emergency is opted out, and the emergency is still told', () => {
  expect(classify('Stop texting me, I am in hospital with chest pain')).toMatchObject({
    class: 'opt_out',
    emergencyWord: 'chest pain',
  });
});

test('without expected replies nothing is expected, not even YES', () => {
  expect(classify('yes', []).class).toBe('unexpected');
  expect(classifyReply({ text: 'yes', optedOut: false, emergencyWords: [] }).class).toBe('unexpected');
});

test('answers of the clinic’s own are matched by their words and their place', () => {
  const times = expecting('MORNING: am, in the morning\nAFTERNOON: pm\nNEITHER: none');
  const answerTo = (text: string): string | undefined => classify(text, times).answer;
  expect(answerTo('In the morning please')).toBe('MORNING');
  expect(answerTo('PM')).toBe('AFTERNOON');
  expect(answerTo('2')).toBe('AFTERNOON');
  expect(answerTo('none, thanks')).toBe('NEITHER');
  expect(answerTo('morning or afternoon')).toBeUndefined();
  expect(answerTo('yes')).toBeUndefined();
});

test('numbers that staff gave to answers count instead of their places', () => {
  const doses = expecting('NONE: 0\nONE: 1\nTWO: 2');
  expect(classify('1', doses).answer).toBe('ONE');
  expect(classify('3', doses).class).toBe('unexpected');
});

test('a usual word that staff gave to another answer is that answer', () => {
  const answers = expecting('YES\nLATER: sure, 👍');
  expect(classify('sure', answers).answer).toBe('LATER');
  expect(classify('👍🏻', answers).answer).toBe('LATER');
});

test('says why, in words that fit on a card', () => {
  expect(classify('yes please').why).toBe('matched “yes please” as YES');
  expect(classify('Yes but CHEST PAIN').why).toBe('holds the emergency word “chest pain”');
  expect(classify('yes?').why).toBe('asks something: “yes?”');
  expect(classify('yes no').why).toBe('could be more than one answer: “yes no”');
  expect(classify('maybe').why).toBe('matches none of YES, NO');
  expect(classify('').why).toBe('has no words');
  expect(classify('ok thanks').why).toBe('holds courtesy but no answer');
  expect(classify(`is it ok\nto ${'x'.repeat(100)}?`).why.length).toBeLessThan(70);
});

test('an answer counts in any case, with any punctuation and courtesy around it', () => {
  const answer = fc.constantFrom<[string, string]>(
    ['yes', 'YES'],
    ['sí', 'YES'],
    ['1', 'YES'],
    ['no', 'NO'],
    ['nope', 'NO'],
  );
  const courtesy = fc.constantFrom('', 'thank you', 'please', 'gracias', 'hi', 'por favor', '🙏');
  const sign = fc.constantFrom(' ', '! ', '. ', ', ', '...', '\n', ' - ');
  fc.assert(
    fc.property(answer, fc.boolean(), courtesy, courtesy, sign, ([word, label], upper, before, after, between) => {
      const text = [before, upper ? word.toUpperCase() : word, after].join(between);
      expect(classify(text)).toMatchObject({ class: 'expected', answer: label });
    }),
  );
});

test('a word that no list knows makes any answer unexpected', () => {
  const unknown = fc.string({ unit: fc.constantFrom(...'bcdfgjkqvwxz'), minLength: 4, maxLength: 9 });
  fc.assert(
    fc.property(fc.constantFrom('yes', 'no', '1', '👍'), unknown, fc.boolean(), (answer, word, first) => {
      expect(classify(first ? `${word} ${answer}` : `${answer} ${word}`).class).toBe('unexpected');
    }),
  );
});

test('no text, however odd, breaks it, and an answer is always one of those expected', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (text, optedOut) => {
      const { class: kind, answer } = classify(text, YES_NO, optedOut);
      expect(kind === 'expected').toBe(answer !== undefined);
    }),
  );
});
