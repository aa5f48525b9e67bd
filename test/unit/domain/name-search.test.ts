import Database from 'better-sqlite3';
import fc from 'fast-check';
import { namePattern } from '../../../src/domain/name-search';

const database = new Database(':memory:');
afterAll(() => database.close());
const finds = (typed: string, name: string, where: 'begins' | 'holds' = 'holds'): boolean =>
  database.prepare('SELECT ? GLOB ?').pluck().get(name, namePattern(typed, where)) === 1;

test.each([
  ['jose', 'José'],
  ['JOSÉ', 'jose'],
  ['Munoz', 'Muñoz'],
  ['nguyen', 'Nguyễn'],
  ['soren', 'Søren'],
  ['lukasz', 'Łukasz'],
  ['иван', 'Иван'],
  ['o’brien', 'O’Brien'],
  ['a]b[c', 'xA]B[C'],
  ['王', '王小明'],
  ['ose\u0301', 'José'],
])('%s finds %s', (typed, name) => {
  expect(finds(typed, name)).toBe(true);
});

test.each([
  ['josef', 'José'],
  ['*', 'José'],
  ['?', 'José'],
  ['[a-z]', 'José'],
  ['^', 'José'],
  ['_', 'José'],
  ['%', 'José'],
])('%s does not find %s', (typed, name) => {
  expect(finds(typed, name)).toBe(false);
});

test('an initial is looked for at the beginning', () => {
  expect(finds('a', 'Ávila', 'begins')).toBe(true);
  expect(finds('v', 'Ávila', 'begins')).toBe(false);
});

test('whatever stands in a name is found by it, in capitals as well', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), fc.string(), (typed, before) => {
      // SQLite ends a text at a NUL.
      fc.pre(!`${typed}${before}`.includes('\0'));
      const name = `${before}${typed}`.normalize('NFC');
      fc.pre(name.endsWith(typed.normalize('NFC')));
      expect(finds(typed, name)).toBe(true);
    }),
  );
});
