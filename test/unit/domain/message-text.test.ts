import fc from 'fast-check';
import { literalMrkdwn, slackToSms, smsToSlack, splitForSlack } from '../../../src/domain/message-text';

const nameOfUser = (id: string): string | undefined => ({ U1: 'Dr. Lee' })[id];

test.each([
  ['Fish &amp; chips &lt;3', 'Fish & chips <3'],
  ['&amp;lt; stays', '&lt; stays'],
  ['Ask <@U1> or <@U2> or <@U3|kim>', 'Ask @Dr. Lee or @someone or @kim'],
  ['See <#C1|general> and <#C2>', 'See #general and #channel'],
  ['<!channel> <!here> <!subteam^S1|@nurses> <!subteam^S2>', '@channel @here @nurses @someone'],
  ['<!date^1392734382^{date}|Feb 18, 2014>', 'Feb 18, 2014'],
  ['<https://example.org/a?b=1&amp;c=2>', 'https://example.org/a?b=1&c=2'],
  ['<http://example.org|example.org>', 'example.org'],
  ['<https://example.org/|https://example.org>', 'https://example.org'],
  ['Book <https://example.org/x|here>', 'Book here (https://example.org/x)'],
  ['<https://example.org/:+1:/x>', 'https://example.org/:+1:/x'],
  ['<mailto:a@example.org|a@example.org>', 'a@example.org'],
  ['<mailto:a@example.org|write us>', 'write us (a@example.org)'],
  ['<tel:+13125550100|(312) 555-0100>', '(312) 555-0100'],
  ['<tel:3125550100|call us>', 'call us (3125550100)'],
  ['Great :thumbsup: :+1:', 'Great 👍 👍'],
  [':wave::skin-tone-3:', '👋🏼'],
  [':female-doctor: :stethoscope: :pill::syringe:', '👩‍⚕️ 🩺 💊💉'],
  [':flag-us: :flag-mx:', '🇺🇸 🇲🇽'],
  ['at 10:30: ok :wave:', 'at 10:30: ok 👋'],
  [':nothing:smile:', ':nothing😄'],
  [':100: but 10:100:20', '💯 but 10:100:20'],
  [':clinic-logo: stays', ':clinic-logo: stays'],
  ['*bold* _it_ ~no~ `x`', '*bold* _it_ ~no~ `x`'],
  ['To bring:\n• card\n    ◦ mask', 'To bring:\n- card\n    - mask'],
  ['  two\u00a0words \n', 'two words'],
  ['a < b', 'a < b'],
  ['', ''],
])('staff’s %j is texted as %j', (typed, texted) => {
  expect(slackToSms(typed, { nameOfUser })).toBe(texted);
});

test('any plain text that Slack escapes arrives as it was typed', () => {
  const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab &<>|;@#!*_~12\n'), maxLength: 60 }), (text) => {
      expect(slackToSms(escape(text))).toBe(text.trim());
    }),
  );
});

test('a patient’s text is shown as typed: nothing that can be shown is changed', () => {
  for (const text of ['<!channel> & <@U1> *hi* :smile: > x', 'مرحبا שלום', '👨‍👩‍👧 ❤️', 'a\n\n\tb', '\u200ea\u200f']) {
    expect(smsToSlack(text)).toBe(text);
  }
  expect(smsToSlack('a\u0000b\u202ec\r\nd\ud800')).toBe('abc\nd\ufffd');
});

test('in mrkdwn a patient’s text has no mention, link, entity, emoji or quotation of its own', () => {
  const literal = literalMrkdwn('<!channel> <https://x|y> :smile: *b* `c`\n> q & &amp;');
  expect(literal).not.toMatch(/[<>]|:\w+:|\*\w|`\w|^&gt;/m);
  expect(literal.match(/&(?!amp;|lt;|gt;)/)).toBeNull();
});

test('a patient’s text that staff copy out of Slack and send back is the same text', () => {
  const unit = fc.oneof(
    fc.constantFrom('<', '>', '&', '*', ':', 'smile', '+1', '|', '@', '#', '!', '\n', ' ', '&amp;', '•', '- ', '🙂'),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
      const text = units.join('').replace(/[\u2060\u00a0]/g, '');
      expect(slackToSms(literalMrkdwn(text))).toBe(smsToSlack(text).trim());
    }),
    { numRuns: 1_000, examples: [[[' ', '•', ' ']]] },
  );
});

test('parts hold the whole text, within the limit, and cut no character', () => {
  const unit = fc.constantFrom('a', ' ', '\n', 'word ', '😀', '👨‍👩‍👧', 'e\u0301', '🇺🇸');
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 200 }), fc.integer({ min: 12, max: 60 }), (units, limit) => {
      const text = units.join('');
      const parts = splitForSlack(text, limit);
      expect(parts.join('')).toBe(text);
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0);
        expect(part.length).toBeLessThanOrEqual(limit);
      }
      const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
      const count = (one: string): number => [...graphemes.segment(one)].length;
      expect(parts.reduce((sum, part) => sum + count(part), 0)).toBe(count(text));
    }),
  );
});

test('parts end after a line or a word where they can', () => {
  expect(splitForSlack('one two three\nfour five', 20)).toEqual(['one two three\n', 'four five']);
  expect(splitForSlack('one two three four', 12)).toEqual(['one two ', 'three four']);
  expect(splitForSlack('x'.repeat(3001)).map(({ length }) => length)).toEqual([3000, 1]);
  expect(splitForSlack('')).toEqual([]);
  // One character that is longer than a part has to be cut after all, and does not stop everything.
  expect(splitForSlack(`a${'\u0301'.repeat(30)}`, 10).join('')).toHaveLength(31);
});
