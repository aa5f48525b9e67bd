import fc from 'fast-check';
import { WindowWatch } from '../../../../src/domain/window-watch';
import type { Claimed } from '../../../../src/store/claimed';
import { Claimer } from '../../../../src/usecases/messages/claim-slice';
import { ClaimedAhead, claimSize } from '../../../../src/usecases/messages/claimed-ahead';
import { Dispatcher } from '../../../../src/usecases/messages/dispatcher';
import type { Ports } from '../../../../src/usecases/ports';
import { openClinic, type TestClinic } from '../../../support/messages/clinic';
import { phoneOf, seedCampaign } from '../../../support/seed';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic();
});
afterEach(() => clinic.close());

const dispatcher = (rate = 0, changes: Partial<Ports> = {}): Dispatcher =>
  new Dispatcher({ ...clinic.ports, clinic: { ...clinic.ports.clinic, rate }, ...changes, mayWork: () => true });
const phones = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => phoneOf(from + i));

test('two campaigns get on alike: half of what goes first is the second one’s', async () => {
  await clinic.campaign(phones(0, 300), { text: 'The first one.' });
  await clinic.campaign(phones(1_000, 300), { text: 'The second one.' });
  const pump = dispatcher();
  pump.wake();
  await pump.idle();
  const early = clinic.twilio.calls.slice(0, 500);
  expect(early.filter(({ text }) => text === 'The second one.')).toHaveLength(250);
  expect(clinic.twilio.held).toHaveLength(600);
});

test.each(['first', 'last'])(
  'what a small campaign leaves of its share goes to the others: the small one %s',
  async (place) => {
    const small = (): Promise<{ id: number }> => clinic.campaign(phones(0, 3), { text: 'The small one.' });
    const early = place === 'first' ? await small() : null;
    await clinic.campaign(phones(100, 600), { text: 'The big one.' });
    const { id } = early ?? (await small());
    const claimer = new Claimer(clinic.ports, new WindowWatch(clinic.ports.clinic.textingHours.current));
    const claimed = await claimer.next(clinic.clock.now(), 500);
    expect(claimed).toHaveLength(500);
    expect(claimed.filter(({ campaignId }) => campaignId === id)).toHaveLength(3);
  },
);

test('where the evening comes first is texted first', async () => {
  await clinic.close();
  clinic = await openClinic({ at: new Date('2026-03-04T01:00:00Z'), hours: '07:00-21:00' });
  const zones = ['America/Los_Angeles', 'America/Chicago', 'America/New_York'];
  const patients = zones.flatMap((zone, z) =>
    Array.from({ length: 3 }, (_, i) => ({ phone: phoneOf(z * 10 + i), zones: zone })),
  );
  await seedCampaign(clinic.store, { patients, text: 'Open until nine.' }, clinic.clock.now());
  const pump = dispatcher();
  pump.wake();
  await pump.idle();
  const order = clinic.twilio.calls.map(({ to }) => Math.floor((Number(to.slice(-7)) - 2_000_000) / 10));
  expect(order).toEqual([2, 2, 2, 1, 1, 1, 0, 0, 0]);
});

test('a 1-to-1 text overtakes what a campaign has claimed', async () => {
  await clinic.campaign(phones(0, 60));
  const pump = dispatcher(40);
  clinic.twilio.answer = async (request) => {
    if (clinic.twilio.calls.length === 5) {
      await clinic.text('+16172999999', 'Yes, come at three.');
      pump.wake();
    }
    return clinic.twilio.accept(request);
  };
  pump.wake();
  await pump.idle();
  const place = clinic.twilio.calls.findIndex(({ to }) => to === '+16172999999');
  expect(place).toBeGreaterThanOrEqual(5);
  // Claimed were twenty; those that are under way or taken from them already may be before it.
  expect(place).toBeLessThan(13);
});

test('what was claimed for a campaign that is paused goes back, and counts as no attempt', async () => {
  const { id, messages } = await clinic.campaign(phones(0, 120));
  clinic.twilio.answer = async (request) => {
    if (clinic.twilio.calls.length === 1) await clinic.store.campaigns.move(id, { from: 'RUNNING', to: 'PAUSED' });
    return clinic.twilio.accept(request);
  };
  const pump = dispatcher(200);
  pump.wake();
  await pump.idle();
  expect(pump.inHand).toEqual([]);
  const counts = await clinic.store.campaigns.counts(id);
  expect(counts.get('SENDING') ?? 0).toBe(0);
  expect(counts.get('QUEUED')).toBe(120 - clinic.twilio.held.length);
  expect((await clinic.store.messages.byId(messages.at(-1)!))?.attemptCount).toBe(0);
});

test('a process that stops hands nothing more over, and leaves nothing claimed', async () => {
  const { id } = await clinic.campaign(phones(0, 120));
  const pump = dispatcher(100);
  let stopped: Promise<void> | undefined;
  clinic.twilio.answer = (request) => {
    stopped ??= pump.stop();
    return clinic.twilio.accept(request);
  };
  pump.wake();
  await pump.idle();
  await stopped;
  const counts = await clinic.store.campaigns.counts(id);
  expect(counts.get('SENDING') ?? 0).toBe(0);
  expect((counts.get('QUEUED') ?? 0) + clinic.twilio.held.length).toBe(120);
  expect(counts.get('QUEUED')).toBeGreaterThan(0);
});

test('laws of what is claimed ahead: nothing is lost or doubled, order holds, and no more goes than was granted', () => {
  const texts = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 40 });
  const room = fc.record({ count: fc.integer({ min: 1, max: 10 }), segments: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(texts, fc.array(room, { maxLength: 30 }), (sizes, rooms) => {
      const claimed = sizes.map((segments, id) => ({ id, segments }) as Claimed);
      const ahead = new ClaimedAhead();
      ahead.add(claimed);
      const out = rooms.map((r) => {
        const slice = ahead.take(r);
        const sum = slice.reduce((all, { segments }) => all + segments, 0);
        expect(slice.length).toBeLessThanOrEqual(r.count);
        expect(slice.length <= 1 || sum <= r.segments).toBe(true);
        return slice;
      });
      expect([...out.flat(), ...ahead.takeAll()]).toEqual(claimed);
      expect(ahead.isEmpty).toBe(true);
    }),
  );
});

test('a claim is never more than half a second of the rate, and at least one', () => {
  for (const rate of [0.1, 1, 3.75, 12, 225, 900, 5_000]) {
    expect(claimSize(rate)).toBeGreaterThanOrEqual(1);
    if (rate >= 2) expect(claimSize(rate)).toBeLessThanOrEqual(rate / 2);
  }
});
