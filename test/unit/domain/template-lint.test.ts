import fc from 'fast-check';
import { replaceWithPlain, countSegments } from '../../../src/domain/segments';
import { changesBetween } from '../../../src/domain/template/diff';
import { estimateText } from '../../../src/domain/template/estimate';
import { lintText, plainSigns, type Hint } from '../../../src/domain/template/lint';
import { withStandIns } from '../../../src/domain/template/stand-ins';
import { checkTemplateText, renderTemplate } from '../../../src/domain/template';

const kinds = (text: string, mostSegments = 1): Hint['kind'][] =>
  lintText({ text, language: 'default', clinicName: 'Riverbend Clinic', mostSegments }).map(({ kind }) => kind);

const GOOD = '{{ clinic_name }}: come in on Friday. Reply STOP to opt out.';

test('a good text gets no hint, and neither does an empty one', () => {
  expect(kinds(GOOD)).toEqual([]);
  expect(kinds('RIVERBEND CLINIC: reply STOP')).toEqual([]);
  expect(kinds('  ')).toEqual([]);
});

test.each<[string, Hint['kind'][]]>([
  [`${GOOD} It’s free`, ['unicode']],
  ['Come in on Friday. Reply STOP', ['clinic name']],
  ['{{ clinic_name }}: come in. We never stopped', ['opt-out']],
  [`${GOOD} See bit.ly/abc`, ['shortener']],
  [`${GOOD} See https://TinyURL.com/abc`, ['shortener']],
  [`${GOOD} See rabbit.ly/abc`, []],
  [`${GOOD} Act NOW: a gift card`, ['carrier']],
  [`${GOOD} Come now!!!`, ['carrier']],
  [`${GOOD} Cashew nuts`, []],
  ['{{ clinic_name }}: COME IN TODAY FOR YOUR APPOINTMENT. STOP', ['carrier']],
  [`${GOOD} Your HIV test is back`, ['health']],
  [`${GOOD} Su prueba de sifilis`, ['health']],
  ['{{ clinic_name }}: {{ cancer }} STOP', []],
])('%s: %j', (text, expected) => {
  expect(kinds(text)).toEqual(expected);
});

test('more than one segment is said with how many', () => {
  const [hint] = lintText({ text: GOOD, language: 'default', clinicName: '', mostSegments: 3 });
  expect(hint?.sentence).toContain('up to 3');
});

test('plain signs never change a letter, and take none of the words away', () => {
  const text = fc.string({ unit: fc.constantFrom(...'aé ’“—…•á\u00a0ñ'), maxLength: 60 });
  fc.assert(
    fc.property(text, (words) => {
      const plain = replaceWithPlain(words, plainSigns(words));
      const letters = (one: string): string => one.normalize('NFC').replace(/[^\p{L}]/gu, '');
      expect(letters(plain)).toBe(letters(words));
      if (!/[á]/.test(words)) expect(countSegments(plain).encoding).toBe('GSM-7');
    }),
  );
});

test('of real patients the shortest, the middle and the longest text are found, and who would be left out', () => {
  const patients = ['Bo', 'Alexandra', '', 'Chris'].map((first_name) => ({ first_name }));
  expect(estimateText('Hi {{ first_name }}', patients)).toEqual({
    patients: 4,
    shortest: { characters: 5, segments: 1 },
    median: { characters: 8, segments: 1 },
    longest: { characters: 12, segments: 1 },
    leftOut: 1,
    empty: ['first_name'],
  });
  expect(estimateText('Hi {{ first_name }}', [{ first_name: '' }])).toBeNull();
});

test('with stand-ins every text that can be saved can be shown, whatever is empty', () => {
  const piece = fc.constantFrom(
    'Hi ',
    '{{ a }}',
    '{{ b | default: "x" }}',
    '{{ c | date: "%B" }}',
    '{{ d | default: a }}',
  );
  const values = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', ' ', 'Ana', '2026-01-02'));
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), values, (pieces, patient) => {
      const text = pieces.join('');
      fc.pre(checkTemplateText(text, ['a', 'b', 'c', 'd']).length === 0);
      expect(renderTemplate(text, withStandIns(text, patient))).toMatchObject({ ok: true });
    }),
  );
});

test('a diff tells both versions: without what was added the old one, without what was removed the new one', () => {
  const words = fc.string({ unit: fc.constantFrom(...'ab c\n.'), maxLength: 40 });
  fc.assert(
    fc.property(words, words, (before, after) => {
      const [change] = changesBetween({ default: before }, { default: after });
      const without = (kind: string): string =>
        (change?.diff ?? []).flatMap((part) => (part.kind === kind ? [] : [part.text])).join('');
      expect(change === undefined).toBe(before === after);
      if (change) expect([without('added'), without('removed')]).toEqual([before, after]);
    }),
  );
});
