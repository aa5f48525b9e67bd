import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { maskPhone, parsePhoneNumber, phoneProblemText } from '../../../src/domain/phone-number';

const PREFIXES = ['', '1', '+1', '1-', '+1 ', '1.'];
const SEPARATORS = ['', ' ', '-', '.', ') ', '-.'];
const threeDigits = fc.oneof(
  fc.integer({ min: 0, max: 999 }),
  fc.constantFrom(305, 274, 472, 983, 523, 524, 555, 800, 900, 204, 876),
);
const pad = (digits: number, length: number): string => String(digits).padStart(length, '0');

const numbersAsWritten = fc
  .tuple(
    fc.constantFrom(...PREFIXES),
    threeDigits,
    fc.constantFrom(...SEPARATORS),
    threeDigits,
    fc.constantFrom(...SEPARATORS),
    fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 95, max: 205 })),
  )
  .map(
    ([prefix, area, one, exchange, two, line]) =>
      `${prefix}${pad(area, 3)}${one}${pad(exchange, 3)}${two}${pad(line, 4)}`,
  );

/** The rule, said with the whole library and nothing else. */
const byLibrary = (raw: string): string | undefined => {
  const phone = parsePhoneNumberFromString(raw, 'US');
  const type = phone?.getType() ?? '';
  if (!phone?.isValid() || phone.ext) return undefined;
  if (phone.countryCallingCode === '1' && /^...55501/.test(phone.nationalNumber)) return undefined;
  return ['MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP'].includes(type) ? phone.number : undefined;
};

test('however a number is written, the fast path and the library say the same', () => {
  fc.assert(
    fc.property(numbersAsWritten, (raw) => {
      const result = parsePhoneNumber(raw);
      expect([raw, result.ok ? result.e164 : undefined]).toEqual([raw, byLibrary(raw)]);
    }),
    { numRuns: 5000 },
  );
});

test('each area code there could be is judged as the library judges it', () => {
  for (let area = 200; area < 1000; area += 1) {
    for (const exchange of [200, 305, 472, 523, 555, 987]) {
      const raw = `${area}${exchange}4567`;
      const result = parsePhoneNumber(raw);
      expect([raw, result.ok ? result.e164 : undefined]).toEqual([raw, byLibrary(raw)]);
    }
  }
});

test.each([
  '2065552311',
  '206-555-2311',
  '(206) 555-2311',
  '(206)555-2311',
  '206.555.2311',
  '206 555 2311',
  '206\u00a0555\u00a02311',
  '206–555–2311',
  '1-206-555-2311',
  '+12065552311',
  '+1 (206) 555-2311',
  ' 2065552311 ',
  "'2065552311",
  'cell: 206-555-2311',
  '206-555-2311 (mobile)',
  '2065552311.0',
  'tel:+1-206-555-2311',
  '２０６５５５２３１１',
])('%s is +12065552311', (raw) => {
  expect(parsePhoneNumber(raw)).toEqual({ ok: true, e164: '+12065552311' });
});

test.each([
  ['', 'EMPTY'],
  ['  ', 'EMPTY'],
  ['N/A', 'EMPTY'],
  ['1.2065552311E+10', 'SCIENTIFIC_NOTATION'],
  ['2,06555E+09', 'SCIENTIFIC_NOTATION'],
  ['206-555-2311 / 206-555-3312', 'SEVERAL_NUMBERS'],
  ['2065552311;2065553312', 'SEVERAL_NUMBERS'],
  ['206-555-2311 or 206-555-3312', 'SEVERAL_NUMBERS'],
  ['ask her daughter', 'NOT_A_NUMBER'],
  ['206-555-CARE', 'TOO_SHORT'],
  ['262966', 'SHORT_CODE'],
  ['911', 'SHORT_CODE'],
  ['555-2311', 'TOO_SHORT'],
  ['206555231', 'TOO_SHORT'],
  ['206555231l', 'TOO_SHORT'],
  ['20655523111', 'TOO_LONG'],
  ['206-555-2311 x7', 'EXTENSION'],
  ['206 555 2311 ext. 12', 'EXTENSION'],
  ['0000000000', 'ALL_SAME_DIGITS'],
  ['1-000-000-0000', 'ALL_SAME_DIGITS'],
  ['(999) 999-9999', 'ALL_SAME_DIGITS'],
  ['206-555-0100', 'FICTITIOUS'],
  ['+1 206 555 0199', 'FICTITIOUS'],
  ['416-555-0134', 'FICTITIOUS'],
  ['206-155-2311', 'INVALID'],
  ['333-555-2222', 'INVALID'],
  ['800-555-2311', 'TOLL_FREE'],
  ['+1 833 555 2311', 'TOLL_FREE'],
  ['900-555-2311', 'PREMIUM'],
  ['500-555-2311', 'NOT_A_PHONE'],
  ['+44 20 7183 8750', 'LANDLINE'],
])('%s is refused as %s, in a plain sentence', (raw, reason) => {
  const result = parsePhoneNumber(raw);
  expect(result).toEqual({ ok: false, reason });
  if (!result.ok) expect(phoneProblemText(result.reason)).toMatch(/^[A-Z].*\.$/);
});

test('the fictitious numbers end where NANPA says that they end', () => {
  expect(parsePhoneNumber('206-555-0099').ok).toBe(true);
  expect(parsePhoneNumber('206-555-0200').ok).toBe(true);
});

test('a number without + is read in the clinic’s country, one with + in its own', () => {
  expect(parsePhoneNumber('07400 123456', 'GB')).toEqual({ ok: true, e164: '+447400123456' });
  expect(parsePhoneNumber('+52 55 1234 5678', 'US')).toEqual({ ok: true, e164: '+525512345678' });
  expect(() => parsePhoneNumber('2065552311', 'Utopia')).toThrow(RangeError);
});

test('the library’s own example of a mobile number is accepted in each country', () => {
  const refused = Object.entries(examples)
    .filter(([country, national]) => {
      const number = `+${getCountryCallingCode(country as CountryCode)}${national}`;
      return !parsePhoneNumber(number).ok;
    })
    .map(([country]) => country);
  expect(refused).toEqual(['US']); // whose example is 201-555-0123
});

test('whatever stands in the cell, an answer comes, and an accepted number is read as itself again', () => {
  const cells = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[-+().\dx/; ]{0,30}$/));
  fc.assert(
    fc.property(cells, (raw) => {
      const result = parsePhoneNumber(raw);
      if (result.ok) expect(parsePhoneNumber(result.e164)).toEqual(result);
      else expect(phoneProblemText(result.reason)).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});

test('Slack sees the last four digits only', () => {
  expect(maskPhone('+12065552311')).toBe('•••• 2311');
});
