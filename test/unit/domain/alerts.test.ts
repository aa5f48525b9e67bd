import fc from 'fast-check';
import {
  type AlertKind,
  judge,
  type Judgement,
  type Signs,
  stepsOf,
  type StoredAlert,
  wordsOfAlert,
} from '../../../src/domain/alerts';

const NOW = new Date('2026-03-03T17:00:00Z');
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const GB = 1e9;

const NOTHING_SEEN: Signs = {
  sending: null,
  twilioFailsSince: null,
  uncertain: { texts: 0, oldestMinutes: 0 },
  webhooks: { refusedInRow: 0, good: false },
  replies: { missed: 0, good: false },
  posts: { refused: 0, error: '' },
  disk: null,
  backup: null,
  channelsWell: [],
};

const verdict = (kind: AlertKind, signs: Partial<Signs>): string | undefined =>
  judge({ ...NOTHING_SEEN, ...signs }, NOW).get(kind)?.is;

test.each<[AlertKind, Partial<Signs>, Judgement['is']]>([
  ['sending', {}, 'unknown'],
  ['sending', { sending: 20003 }, 'bad'],
  ['sending', { sending: 'accepted' }, 'well'],
  ['twilio', { twilioFailsSince: minutesAgo(9.9) }, 'unknown'],
  ['twilio', { twilioFailsSince: minutesAgo(10) }, 'bad'],
  ['twilio', { twilioFailsSince: 'answers' }, 'well'],
  ['uncertain', { uncertain: { texts: 2, oldestMinutes: 15 } }, 'well'],
  ['uncertain', { uncertain: { texts: 2, oldestMinutes: 15.1 } }, 'bad'],
  ['webhooks_refused', { webhooks: { refusedInRow: 2, good: false } }, 'unknown'],
  ['webhooks_refused', { webhooks: { refusedInRow: 3, good: true } }, 'bad'],
  ['webhooks_refused', { webhooks: { refusedInRow: 0, good: true } }, 'well'],
  ['webhooks_missing', { replies: { missed: 1, good: true } }, 'bad'],
  ['webhooks_missing', { replies: null }, 'well'],
  ['disk', { disk: { free: 0.19 * GB, total: 5 * GB, database: 0 } }, 'bad'],
  ['disk', { disk: { free: 0.9 * GB, total: 500 * GB, database: 0 } }, 'bad'],
  ['disk', { disk: { free: 4 * GB, total: 500 * GB, database: 5 * GB } }, 'bad'],
  ['disk', { disk: { free: 1.1 * GB, total: 500 * GB, database: 0 } }, 'unknown'],
  ['disk', { disk: { free: 2 * GB, total: 500 * GB, database: GB } }, 'well'],
  ['backup', { backup: 'failed' }, 'bad'],
  ['backup', { backup: 'made' }, 'well'],
])('%s, seen %j: %s', (kind, signs, expected) => {
  expect(verdict(kind, signs)).toBe(expected);
});

const KINDS: AlertKind[] = ['sending', 'uncertain', 'disk'];
const judgement = fc.constantFrom<Judgement>({ is: 'bad', detail: '1' }, { is: 'well' }, { is: 'unknown' });
const moments = fc.array(
  fc.record({ wait: fc.integer({ min: 1, max: 90 }), said: fc.tuple(judgement, judgement, judgement) }),
  { maxLength: 40 },
);

test('a trouble begins once, ends once, and begins again an hour after at the soonest', () => {
  fc.assert(
    fc.property(moments, (told) => {
      const kept = new Map<string, StoredAlert>();
      let now = NOW;
      for (const { wait, said } of told) {
        now = new Date(now.getTime() + wait * 60_000);
        const judged = new Map(KINDS.map((kind, nth) => [kind, said[nth] ?? { is: 'unknown' as const }]));
        const { begin, end } = stepsOf([...kept.values()], judged, now);
        for (const { kind, detail } of begin) {
          const former = kept.get(kind);
          expect(
            former === undefined || now.getTime() - (former.endedAt?.getTime() ?? now.getTime()) >= 3_600_000,
          ).toBe(true);
          kept.set(kind, { kind, since: now, endedAt: null, detail, told: true });
        }
        for (const kind of end) {
          const standing = kept.get(kind);
          expect(standing?.endedAt).toBeNull();
          if (standing) kept.set(kind, { ...standing, endedAt: now });
        }
        expect(stepsOf([...kept.values()], judged, now)).toEqual({ begin: [], end: [] });
      }
    }),
  );
});

test('every kind has words for its beginning and its end', () => {
  for (const kind of judge(NOTHING_SEEN, NOW).keys()) {
    expect(wordsOfAlert({ kind, detail: '3 x', endedAt: null })).toMatch(/^[🔴🟠] .{40}/u);
    expect(wordsOfAlert({ kind, detail: '3 x', endedAt: NOW })).toMatch(/^✅ Well again: /);
  }
});
