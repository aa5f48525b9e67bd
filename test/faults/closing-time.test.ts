import { wallClock } from '../../src/domain/time-zone';
import { until } from '../../src/sandbox/driver/http';
import { FaultClinic } from '../support/faults/fault-clinic';
import { phoneOf, seedCampaign } from '../support/seed';

const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Pacific/Honolulu',
] as const;
/** CLOSING_RECIPIENTS=25000 makes a long run of it. */
const A_ZONE = Math.ceil(Number(process.env.CLOSING_RECIPIENTS ?? 1_100) / ZONES.length);
const RECIPIENTS = A_ZONE * ZONES.length;
/** Segments a second that are handed over, and that Twilio sends in the evening. */
const OUR_RATE = Math.max(120, Math.ceil(RECIPIENTS / 50));
const TWILIO_RATE = 4;
const TEXT = 'Your second dose is ready.';
/** Nine o'clock in the evening in each of them, one after the other. */
const CLOSINGS = [2, 3, 4, 5, 7].map((hour) => new Date(Date.UTC(2026, 10, 25, hour)));
const SECOND = 1_000;

let clinic: FaultClinic;
afterEach(() => clinic.close());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const patients = ZONES.flatMap((zones, zone) =>
  Array.from({ length: A_ZONE }, (_, index) => ({ phone: phoneOf(zone * 10_000 + index), zones })),
);

/** Nothing more reaches Twilio: no call is under way that a jump of the clock would make last for minutes. */
async function noCallUnderWay(): Promise<void> {
  for (let before = -1; ;) {
    const { length } = await clinic.box.records();
    if (length === before) return;
    before = length;
    await pause(1_500);
  }
}

async function moveTo(time: Date): Promise<void> {
  await noCallUnderWay();
  if (time > (await clinic.box.now())) await clinic.box.moveClockTo(time);
}

test(
  'recipients over five zones, closing time in the middle, Twilio far behind: nothing arrives at nine or later',
  async () => {
    const startAt = new Date(CLOSINGS[0]!.getTime() - 60 * SECOND);
    clinic = await FaultClinic.open({ startAt, env: { TWILIO_RATE: String(OUR_RATE) } });
    // Twilio's queue is minutes behind what is handed over.
    await clinic.box.twilioSettings({ rate: TWILIO_RATE, deliveryMs: 50 });
    await clinic.withStore((store) => seedCampaign(store, { patients, text: TEXT }, startAt));
    await clinic.app.start();
    for (const closing of CLOSINGS) {
      // Through the last seconds before closing as they come, and on to the next zone's evening.
      await moveTo(new Date(closing.getTime() - 60 * SECOND));
      await pause(closing === CLOSINGS[0] ? 13_000 : 2_000);
      await moveTo(new Date(closing.getTime() - 2 * SECOND));
      await pause(2_000);
    }
    const beforeNight = await clinic.box.phones();
    expect(beforeNight.filter(({ texts }) => texts.length > 0).length).toBeLessThan(patients.length);

    expect((await clinic.box.records()).some(({ errorCode }) => errorCode === 30036)).toBe(true);

    // The next morning, from New York to Honolulu, Twilio is as fast as ever.
    await clinic.box.twilioSettings({ rate: 0 });
    await moveTo(new Date(Date.UTC(2026, 10, 25, 17, 30)));
    const received = await until(
      'everybody’s text',
      async () => {
        const phones = await clinic.box.phones();
        return phones.filter(({ texts }) => texts.length > 0).length === patients.length && phones;
      },
      60_000 + RECIPIENTS * 10,
    );
    const zoneOf = new Map<string, string>(patients.map(({ phone, zones }) => [phone, zones]));
    for (const { number, texts } of received) {
      expect(texts).toHaveLength(1);
      const { minute } = wallClock(new Date(texts[0]!.at), zoneOf.get(number) ?? '');
      expect(minute).toBeGreaterThanOrEqual(7 * 60);
      expect(minute).toBeLessThan(21 * 60);
    }
  },
  180_000 + RECIPIENTS * 40,
);
