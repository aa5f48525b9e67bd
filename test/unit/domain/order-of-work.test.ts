import fc from 'fast-check';
import { DEFAULT_EMERGENCY_WORDS } from '../../../src/domain/emergency-words';
import { orderOfWork } from '../../../src/domain/order-of-work';

const texts = (list: readonly (readonly [phone: string, text: string])[]) =>
  list.map(([phone, text], index) => ({ id: index + 1, phone, text }));
const order = (list: readonly (readonly [string, string])[]): number[] =>
  orderOfWork(texts(list), DEFAULT_EMERGENCY_WORDS).map(({ id }) => id);

const yes = Array.from({ length: 60 }, (_, i) => [`+1617200${1_000 + i}`, i % 2 === 0 ? 'YES' : 'Yes!'] as const);

test('behind sixty who say yes, the one who asks comes first, and before them the one in danger', () => {
  const waiting = [
    ...yes,
    ['+16175550001', 'Which door do I take?'] as const,
    ['+16175550002', 'my chest hurts'] as const,
  ];
  expect(order(waiting).slice(0, 3)).toEqual([62, 61, 1]);
});

test('of a few each goes as it came', () => {
  expect(order([...yes.slice(0, 5), ['+16175550001', 'Which door?']])).toEqual([1, 2, 3, 4, 5, 6]);
});

test('laws: nobody is left out, and the texts of one phone keep their order', () => {
  const text = fc.constantFrom('YES', 'NO', 'STOP', 'START', 'where is it?', 'chest pain', '👍', '');
  const phone = fc.integer({ min: 1, max: 12 }).map((n) => `+1617200${1_000 + n}`);
  fc.assert(
    fc.property(fc.array(fc.tuple(phone, text), { maxLength: 120 }), (list) => {
      const waiting = texts(list);
      const sorted = orderOfWork(waiting, DEFAULT_EMERGENCY_WORDS);
      expect([...sorted].sort((a, b) => a.id - b.id)).toEqual(waiting);
      for (const { phone: number } of waiting) {
        const ids = sorted.filter((one) => one.phone === number).map(({ id }) => id);
        expect(ids).toEqual([...ids].sort((a, b) => a - b));
      }
    }),
  );
});
