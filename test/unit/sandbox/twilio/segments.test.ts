import { SegmentedMessage } from 'sms-segments-calculator';
import { countSegments } from '../../../../src/sandbox/twilio/core/segments';

const count = (body: string): number => new SegmentedMessage(body).segmentsCount;

const span = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index));

test('the short ways give what the calculator gives, for every character that they take', () => {
  const chars = [...span(0x0a, 0x24f), ...span(0x391, 0x3a9), ...span(0x2010, 0x205e), '\u20ac'];
  const wrong = chars.filter((char) => {
    const bodies = [`${char}a`.repeat(35), `${char}a`.repeat(36), `á${char.repeat(69)}`, `á${char.repeat(70)}`];
    return bodies.some((body) => countSegments(body, false) !== count(body));
  });
  expect(wrong).toEqual([]);
});

test.each(['ä', '¿', 'Δ', '€', '{', 'á', 'í', '’', '…', 'č', 'é\n', 'á\n', '€\n', '😀', 'e\u0301'])(
  'at the edges of segments: %s',
  (char) => {
    for (const length of [69, 70, 71, 134, 135, 160, 161, 306, 307]) {
      const mixed = `${'a'.repeat(length - char.length)}${char}`;
      const full = char.repeat(Math.floor(length / char.length));
      for (const body of [mixed, full]) expect(countSegments(body, false)).toBe(count(body));
    }
  },
);

test.each([1, 159, 160, 161, 306, 307, 459, 460, 1530, 1600])('%i plain characters', (length) => {
  expect(countSegments('a'.repeat(length), false)).toBe(count('a'.repeat(length)));
});
