import fc from 'fast-check';
import { AppError } from '../../../src/domain/errors';
import { templateKey, tidyTemplateName } from '../../../src/domain/template-name';

test('names that look the same are the same', () => {
  const names = [
    'Second Dose',
    ' second  dose ',
    'SECOND\u00a0DOSE',
    'second\ndose',
    'Ｓecond dose',
    'sec\u200bond dose',
  ];
  expect(new Set(names.map(templateKey))).toEqual(new Set(['second dose']));
  expect(templateKey('Año nuevo')).toBe(templateKey('AN\u0303O NUEVO'));
  expect(templateKey('second dose')).not.toBe(templateKey('second doses'));
});

test('a name keeps its case when shown', () => {
  expect(tidyTemplateName('  Second   Dose ')).toBe('Second Dose');
});

test.each(['', '  ', '\n\t', '\u200b'])('%j is no name', (name) => {
  expect(() => templateKey(name)).toThrow(expect.objectContaining({ code: 'TEMPLATE_NAME_EMPTY' }) as AppError);
});

test('sixty characters are allowed, sixty-one are not, and spaces around do not count', () => {
  expect(templateKey(` ${'é'.repeat(60)} `)).toHaveLength(60);
  expect(() => templateKey('x'.repeat(61))).toThrow(
    expect.objectContaining({ code: 'TEMPLATE_NAME_TOO_LONG' }) as AppError,
  );
});

test('the key of a key is itself, whatever the case and the spaces', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (name) => {
      fc.pre(tidyTemplateName(name).length > 0 && [...tidyTemplateName(name)].length <= 40);
      const key = templateKey(name);
      fc.pre([...tidyTemplateName(key)].length <= 60);
      expect(templateKey(`  ${key}\t`)).toBe(key);
    }),
  );
});
