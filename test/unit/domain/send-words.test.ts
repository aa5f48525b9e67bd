import { readSendTime } from '../../../src/domain/send-time';
import { readSendWords, type SendWords } from '../../../src/domain/send-words';

const zone = 'America/New_York';
/** A Tuesday, two in the afternoon in New York. */
const now = new Date('2026-11-24T19:00:00Z');
const named = (...names: string[]) => names.map((name, index) => ({ id: index + 1, name }));
const context = {
  templates: named('Second dose', 'Back to school'),
  groups: named('2nd dose', 'Staff', 'Visit on Monday'),
  now,
  zone,
};
const read = (words: string): SendWords => readSendWords(words, context);

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
  });
  expect(read('second dose to zebras')).toMatchObject({ ok: false, meant: null });
  expect(read('second dose to staff and 2nd dose or visit on monday')).toMatchObject({ ok: false, meant: null });
});

test.each<[string, string]>([
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
