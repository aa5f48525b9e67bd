import { readAuditFilter } from '../../../src/domain/audit-filter';
import { auditDetail, auditSubject, auditWords } from '../../../src/domain/audit-words';

/** Half past one at night on the 3rd in New York: there it is still the 3rd, in UTC as well; the clocks changed on the 1st. */
const context = { now: new Date('2026-11-03T06:30:00Z'), timeZone: 'America/New_York' };
const read = (words: string) => readAuditFilter(words, context);
const day = (iso: string) => new Date(iso);

test.each([
  ['', {}],
  ['@U0ADMIN1', { actor: 'U0ADMIN1' }],
  ['<@U0ADMIN1|nora>', { actor: 'U0ADMIN1' }],
  ['by app', { actor: 'app' }],
  ['send 12', { campaignId: 12 }],
  ['#12', { campaignId: 12 }],
  ['patient 1001', { patient: '1001' }],
  ['patient Ana Rivera', { patient: 'Ana Rivera' }],
  ['reveal', { action: 'reveal' }],
  ['opt out', { action: 'opt_out' }],
  ['2026-11-03', { from: day('2026-11-03T05:00:00Z'), to: day('2026-11-04T05:00:00Z') }],
  ['today', { from: day('2026-11-03T05:00:00Z'), to: day('2026-11-04T05:00:00Z') }],
  ['yesterday', { from: day('2026-11-02T05:00:00Z'), to: day('2026-11-03T05:00:00Z') }],
  ['2026-10-30 to 2026-11-01', { from: day('2026-10-30T04:00:00Z'), to: day('2026-11-02T05:00:00Z') }],
  ['2026-10-30..2026-11-01', { from: day('2026-10-30T04:00:00Z'), to: day('2026-11-02T05:00:00Z') }],
  [
    'reveal @U0ADMIN1 today patient 617-555-2001',
    {
      action: 'reveal',
      actor: 'U0ADMIN1',
      patient: '617-555-2001',
      from: day('2026-11-03T05:00:00Z'),
      to: day('2026-11-04T05:00:00Z'),
    },
  ],
])('/outreach audit %s', (words, filter) => {
  expect(read(words)).toEqual(filter);
});

test('a day that is none is refused with how to write one', () => {
  expect(() => read('2026-02-30')).toThrow('not a date');
});

test('details are read in words: what was, what is, and the reason', () => {
  expect(auditDetail('{"before":{"language":null,"zip":"021••"},"after":{"language":"es","zip":"606••"}}')).toBe(
    'language: none → es; zip: 021•• → 606••',
  );
  expect(auditDetail('{"reason":"call back"}')).toBe('reason: call back');
  expect(auditDetail('{}')).toBe('');
  expect(auditSubject('campaign:12')).toBe('send 12');
  expect(auditWords('phone.opt_out', 'patient')).toBe('asked for no more texts');
  expect(auditWords('phone.opt_out', 'U0X')).toBe('opted a patient out');
  expect(auditWords('something.new_here', 'app')).toBe('something new here');
});
