import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { countSegments, plainReplacements, replaceWithPlain } from '../../../src/domain/segments';

/** Texts near the borders, in which the fast count could go wrong. */
const alphabets = [
  'abc ',
  'a{€~[\f',
  'aéñÇç',
  'a’“—…\n\r',
  'ab\u00a0\u00ad\u0301',
  'a😀🏥📞✅🦷',
  'a😀👍🏽👨‍👩‍👧❤️☝',
  'aابن',
  'aกำक्षि각각',
  '\ud800a\udc00b',
];
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 330 }),
  fc.string({ unit: 'binary', maxLength: 330 }),
  ...alphabets.map((letters) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 480 })),
);

test('segments, encoding and characters are those of sms-segments-calculator, whatever the script', () => {
  fc.assert(
    fc.property(text, (words) => {
      const expected = new SegmentedMessage(words);
      const { segments, encoding, characters, forcedBy } = countSegments(words);
      expect({ segments, encoding, characters }).toEqual({
        segments: expected.segmentsCount,
        encoding: expected.encodingName,
        characters: expected.numberOfCharacters,
      });
      expect(forcedBy).toEqual([...new Set(encoding === 'UCS-2' ? expected.getNonGsmCharacters() : [])]);
    }),
    { numRuns: 600 },
  );
});

test.each([
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['é'.repeat(160), 1],
  [`ç${'a'.repeat(69)}`, 1],
  [`ç${'a'.repeat(70)}`, 2],
  ['😀'.repeat(71), 3],
])('the limits of GSM 03.38 hold: %#', (words, segments) => {
  expect(countSegments(words).segments).toBe(segments);
});

test('says which characters make a text expensive, each once', () => {
  expect(countSegments('“Sí”, dijo él — “sí”').forcedBy).toEqual(['“', 'í', '”', '—']);
  expect(countSegments('See you at 9').forcedBy).toEqual([]);
});

test('offers the plain sign for typographic ones, and marks what would change the spelling', () => {
  const replacements = plainReplacements('Don’t wait… “sí”\u00a0– ok, año é');
  expect(replacements).toEqual([
    { from: '’', to: "'", changesSpelling: false },
    { from: '…', to: '...', changesSpelling: false },
    { from: '“', to: '"', changesSpelling: false },
    { from: 'í', to: 'i', changesSpelling: true },
    { from: '”', to: '"', changesSpelling: false },
    { from: '\u00a0', to: ' ', changesSpelling: false },
    { from: '–', to: '-', changesSpelling: false },
  ]);
  expect(replaceWithPlain('Don’t wait…', replacements)).toBe("Don't wait...");
});

test('a text whose expensive characters all have a plain sign is GSM-7 afterwards', () => {
  const sign = fc.constantFrom(...'aé ’“—…•½™\u00a0áÁíçãŠ');
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 200 }), (words) => {
      expect(countSegments(replaceWithPlain(words, plainReplacements(words))).encoding).toBe('GSM-7');
    }),
  );
});
