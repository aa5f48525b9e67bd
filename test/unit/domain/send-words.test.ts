import { readSendTime } from '../../../src/domain/send-time';
import { readSendWords, type SendWords } from '../../../src/domain/send-words';

const zone = 'America/New_York';
/** A Tuesday, two in the afternoon in New York. */
const now = new Date('2026-11-24T19:00:00Z');
const named = (...names: string[]) => names.map((name, index) => ({ id: index + 1, name }));
const context = {
  templates: named('Second dose', 'Back to school'),
  groups: named('2nd dose', 'Staff', 'Visit on Monday', 'Salt and Pepper', 'Men’s health'),
  now,
  zone,
};
const read = (words: string): SendWords => readSendWords(words, context);

const tomorrowAtNine = new Date('2026-11-25T14:00:00Z');
const exceptStaff = { groupIds: [1], exceptGroupIds: [2] };
const all = {
  ok: true,
  templateId: 1,
  groupIds: [] as number[],
  match: 'any',
  exceptGroupIds: [] as number[],
  startAt: null,
};

test.each<[string, object]>([
  ['', { templateId: undefined }],
  ['second dose', {}],
  ['“second  DOSE” to “2nd dose”, Staff', { groupIds: [1, 2] }],
  ['back to school to staff', { templateId: 2, groupIds: [2] }],
  ['"second dose" to "2nd dose" and Staff', { groupIds: [1, 2], match: 'all' }],
  ['second dose to 2nd dose or staff except visit on monday', { groupIds: [1, 2], exceptGroupIds: [3] }],
  ['second dose to visit on monday on Friday at 9am', { groupIds: [3], startAt: new Date('2026-11-27T14:00:00Z') }],
  ['second dose to Staff at 9am tomorrow', { groupIds: [2], startAt: new Date('2026-11-25T14:00:00Z') }],
  ['second dose at 3pm', { startAt: new Date('2026-11-24T20:00:00Z') }],
  ['second dose to Staff now', { groupIds: [2] }],
  ['at 9am tomorrow "second dose" to "2nd dose", Staff', { groupIds: [1, 2], startAt: tomorrowAtNine }],
  ['at 9am tomorrow second dose to Staff', { groupIds: [2], startAt: tomorrowAtNine }],
  [
    '"second dose" tomorrow at 9am to "2nd dose" and Staff',
    { groupIds: [1, 2], match: 'all', startAt: tomorrowAtNine },
  ],
  ['to "2nd dose", "Staff" "second dose" at 9am tomorrow', { groupIds: [1, 2], startAt: tomorrowAtNine }],
  ['to 2nd dose, staff at 9am tomorrow, second dose', { groupIds: [1, 2], startAt: tomorrowAtNine }],
  ['"second dose" to "2nd dose" at 9am tomorrow except Staff', { ...exceptStaff, startAt: tomorrowAtNine }],
  ['"second dose" except "Staff" to "2nd dose" tomorrow, 9am', { ...exceptStaff, startAt: tomorrowAtNine }],
  ['"second dose" to "2nd dose" but not "Staff"', exceptStaff],
  ['‘second dose’ to ‘2nd dose’, ‘Men’s health’', { groupIds: [1, 5] }],
  [`'second dose' to men’s health; «staff»`, { groupIds: [5, 2] }],
  ['second dose to Salt and Pepper & Staff', { groupIds: [4, 2], match: 'all' }],
  ['“second dose” to “2nd dose” in 2 hours', { groupIds: [1], startAt: new Date('2026-11-24T21:00:00Z') }],
  ['“second dose” to “2nd dose” in half an hour', { groupIds: [1], startAt: new Date('2026-11-24T19:30:00Z') }],
  ['“second dose” “2nd dose”', { groupIds: [1] }],
])('reads %s', (words, expected) => {
  expect(read(words)).toEqual({ ...all, ...expected });
});

test('names what is not there, with the nearest, and offers the words with it', () => {
  expect(read('secnd dose to staf at 9am tomorrow')).toEqual({
    ok: false,
    problems: [
      'There is no template “secnd dose”. Did you mean “Second dose”?',
      'There is no group “staf”. Did you mean “Staff”?',
    ],
    meant: '"Second dose" to "Staff" at 9am tomorrow',
    rest: 'at 9am tomorrow',
  });
  expect(read('second dose to zebras, staff')).toMatchObject({ meant: null, rest: '"Second dose" to "Staff"' });
  expect(read('second dose to staff and 2nd dose or visit on monday')).toMatchObject({ ok: false, meant: null });
});

test('what is left when a name is not there never goes to more people than was asked for', () => {
  expect(read('second dose to staff and zebras')).toMatchObject({ meant: null, rest: '"Second dose"' });
  expect(read('second dose to staff except zebras')).toMatchObject({ meant: null, rest: '"Second dose"' });
});

test('however much is typed, and whatever, it is read at once', () => {
  for (const words of ['to '.repeat(1_000), 'at 9 '.repeat(600), '"second dose" "'.repeat(200), 'a, '.repeat(1_000)])
    expect(read(words)).toHaveProperty('ok');
});

test.each<[string, string]>([
  ['tomorrow at 2', '2 in the morning or in the afternoon?'],
  ['at 14h', 'is not understood'],
  ['tomorrow', 'At what hour?'],
  ['at noon o’clockish', 'is not understood'],
  ['at 9am on Nov 3 2026', 'has passed'],
])('of a time like “%s” says what is wrong', (words, problem) => {
  expect(readSendTime(words, now, zone)).toMatchObject({
    ok: false,
    problem: expect.stringContaining(problem) as string,
  });
});

test('a time of day that has passed is meant for tomorrow, and the clock’s jumps are counted in', () => {
  const at = (words: string, from: string) => readSendTime(words, new Date(from), zone);
  expect(at('at 9am', '2026-11-24T19:00:00Z')).toEqual({ ok: true, startAt: new Date('2026-11-25T14:00:00Z') });
  expect(at('9am tomorrow', '2026-10-31T19:00:00Z')).toEqual({ ok: true, startAt: new Date('2026-11-01T14:00:00Z') });
});
