import fc from 'fast-check';
import { Pace } from '../../../src/domain/pace';

interface Sent {
  readonly at: number;
  readonly segments: number;
}

interface Traffic {
  /** Segments of the texts that wait, over and over. */
  readonly texts: readonly number[];
  /** By how many ms each waking is late, over and over. */
  readonly late: readonly number[];
  /** How many ms lie between what is granted and the calls, over and over: a claim's commit. */
  readonly commits?: readonly number[];
}

const START = 1_000_000;

/** A pump as the dispatcher has it: asks, sends what fits (one text at least), waits as long as it is told, wakes late. */
function pump(pace: Pace, { texts, late, commits = [0] }: Traffic, { from = START, seconds = 40 } = {}): Sent[] {
  const sent: Sent[] = [];
  let turn = 0;
  for (let now = from; now < from + seconds * 1_000; turn += 1) {
    let grant = pace.grant(now);
    now += grant < 1 ? pace.waitMs(now) + late[turn % late.length]! : commits[turn % commits.length]!;
    for (let first = true; grant >= 1; first = false) {
      const segments = texts[sent.length % texts.length]!;
      if (!first && segments > grant) break;
      pace.spend(now, segments);
      sent.push({ at: now, segments });
      grant -= segments;
    }
  }
  return sent;
}

const total = (sent: readonly Sent[]): number => sent.reduce((sum, { segments }) => sum + segments, 0);

/** The most segments in any second, wherever it begins. */
function mostInASecond(sent: readonly Sent[]): number {
  let [most, sum, first] = [0, 0, 0];
  for (const { at, segments } of sent) {
    sum += segments;
    for (; sent[first]!.at <= at - 1_000; first += 1) sum -= sent[first]!.segments;
    most = Math.max(most, sum);
  }
  return most;
}

const rate = fc.oneof(fc.constantFrom(1, 3, 3.75, 12, 75, 100, 225, 1_000), fc.integer({ min: 1, max: 400 }));
const late = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 7 });
const texts = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 9 });

test('texts of one segment: no second holds more than the rate, and at least 98 % of it is used', () => {
  fc.assert(
    fc.property(rate, late, (perSecond, delays) => {
      const sent = pump(new Pace(perSecond), { texts: [1], late: delays });
      expect(mostInASecond(sent)).toBeLessThanOrEqual(Math.ceil(perSecond));
      expect(total(sent)).toBeGreaterThanOrEqual(0.98 * perSecond * 40 - 1);
    }),
    { numRuns: 60 },
  );
});

test('a commit between the grant and the calls costs nothing of the rate, and no second holds more than it', () => {
  fc.assert(
    // Of few texts a second a whole one is lost or not: it is a law of rates at which commits come many times a second.
    fc.property(fc.integer({ min: 50, max: 1_000 }), fc.integer({ min: 0, max: 60 }), (perSecond, ms) => {
      const commits = [ms, 0, 2, 0, 1, 0, 0, 3];
      const sent = pump(new Pace(perSecond), { texts: [1], late: [0, 1], commits });
      expect(mostInASecond(sent)).toBeLessThanOrEqual(Math.ceil(perSecond));
      expect(total(sent)).toBeGreaterThanOrEqual(0.98 * perSecond * 40 - 1);
    }),
    { numRuns: 60 },
  );
});

test('longer texts: over a second by no more than the rest of one text, and never in the long run', () => {
  fc.assert(
    fc.property(rate, late, texts, (perSecond, delays, lengths) => {
      const sent = pump(new Pace(perSecond), { texts: lengths, late: delays });
      const longest = Math.max(...lengths);
      expect(mostInASecond(sent)).toBeLessThanOrEqual(Math.ceil(perSecond) - 1 + longest);
      expect(total(sent)).toBeLessThanOrEqual(40 * perSecond + longest);
      expect(total(sent)).toBeGreaterThanOrEqual(0.98 * perSecond * 40 - longest);
    }),
    { numRuns: 60 },
  );
});

test('a debt is paid back before anything goes again', () => {
  const pace = new Pace(2);
  pace.spend(START, 10);
  expect(pace.grant(START + 4_000)).toBe(0);
  const wait = pace.waitMs(START + 4_000);
  expect(pace.grant(START + 4_000 + wait - 2)).toBe(0);
  expect(pace.grant(START + 4_000 + wait)).toBe(1);
});

test('told to slow down, it holds, goes on at half the speed, and is back at full speed after a minute', () => {
  const pace = new Pace(100);
  const traffic = { texts: [1], late: [0] };
  pump(pace, traffic, { seconds: 5 });
  const told = START + 5_000;
  pace.slowDown(told, 3_000);
  expect(pump(pace, traffic, { from: told, seconds: 3 })).toEqual([]);
  const slow = total(pump(pace, traffic, { from: told + 3_000, seconds: 5 }));
  expect(slow).toBeGreaterThan(0.4 * 500);
  expect(slow).toBeLessThan(0.75 * 500);
  pump(pace, traffic, { from: told + 8_000, seconds: 60 });
  expect(total(pump(pace, traffic, { from: told + 68_000, seconds: 10 }))).toBeGreaterThanOrEqual(980);
});

test('told to slow down again and again, it never stands still for good', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 40 }), (pauses) => {
      const pace = new Pace(50);
      let now = START;
      for (const pause of pauses) pace.slowDown((now += pause), pause);
      expect(total(pump(pace, { texts: [1], late: [0] }, { from: now, seconds: 80 }))).toBeGreaterThan(50 * 30);
    }),
    { numRuns: 30 },
  );
});

test('a clock that is put back or forward neither stops it nor lets more through than one burst', () => {
  fc.assert(
    fc.property(rate, fc.integer({ min: -86_400_000, max: 86_400_000 }), (perSecond, jump) => {
      const pace = new Pace(perSecond);
      const traffic = { texts: [1], late: [0] };
      pump(pace, traffic, { seconds: 3 });
      const after = pump(pace, traffic, { from: START + 3_000 + jump, seconds: 20 });
      expect(total(after)).toBeGreaterThanOrEqual(0.98 * perSecond * 20 - 2);
      expect(total(after)).toBeLessThanOrEqual(perSecond * 20 + 1 + perSecond / 10);
    }),
    { numRuns: 60 },
  );
});

test('a rate of 0 is none: everything may go, unless Twilio asks for a pause', () => {
  const pace = new Pace(0);
  expect(pace.grant(START)).toBe(Number.MAX_SAFE_INTEGER);
  pace.slowDown(START, 500);
  expect(pace.waitMs(START + 400)).toBe(100);
  expect(pace.grant(START + 499)).toBe(0);
  expect(pace.grant(START + 500)).toBe(Number.MAX_SAFE_INTEGER);
});
