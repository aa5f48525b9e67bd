import type { Fault } from '../../src/sandbox/contract';
import { FaultClinic } from '../support/faults/fault-clinic';
import { faultPlan, Random } from '../support/faults/random';
import { POINTS } from '../support/faults/twilio-gate';
import { phoneOf, seedCampaign } from '../support/seed';

/** What Twilio does to some calls of every round. */
const TROUBLES: readonly Fault[] = [
  { kind: 'drop_after' },
  { kind: 'drop_before' },
  { kind: '500' },
  { kind: '429', retryAfterSeconds: 1 },
  { kind: 'hang' },
];
const KILLS_A_ROUND = 3;
/** A process that reaches no point of a send any more, because everything is sent, is killed all the same, in ms. */
const LONGEST_WAIT = 4_000;

const textOf = (round: number): string => `Round ${round}: your second dose is ready.`;
const zones = 'America/New_York';

let clinic: FaultClinic;
afterEach(() => clinic.close());

/** The app sends a campaign and is killed at named points and at random while Twilio is in trouble. */
async function playRound(round: number, { recipients, random }: { recipients: number; random: Random }): Promise<void> {
  const patients = Array.from({ length: recipients }, (_, index) => ({ phone: phoneOf(index), zones }));
  const at = await clinic.box.now();
  await clinic.withStore((store) => seedCampaign(store, { patients, text: textOf(round) }, at));
  await clinic.box.twilioSettings({ latencyMs: random.pick([0, 20, 60]), rate: 0 });
  for (let kill = 0; kill < KILLS_A_ROUND; kill += 1) {
    const fault = random.pick(TROUBLES);
    await clinic.box.fault('twilio', { method: 'messages.create', fault, times: random.between(1, 4) });
    const calls = random.between(1, Math.ceil(recipients / KILLS_A_ROUND));
    const reached = clinic.gate.reaches(random.pick(POINTS), calls);
    await clinic.app.start();
    const timer = new AbortController();
    await Promise.race([reached, pause(LONGEST_WAIT, timer.signal)]);
    timer.abort();
    await pause(random.pick([0, 0, random.between(1, 60)]));
    clinic.app.kill();
    await clinic.app.ended();
    clinic.gate.disarm();
    await clinic.box.endFaults('twilio');
  }
}

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => clearTimeout(timer));
  });

test.each(faultPlan.seeds)(
  'whatever dies while texts go out, every phone has every text once (FAULT_SEED=%i)',
  async (seed) => {
    const random = new Random(seed);
    const rounds = Math.ceil(faultPlan.rounds / faultPlan.seeds.length);
    const { recipients } = faultPlan;
    clinic = await FaultClinic.open({ env: { TWILIO_RATE: random.pick(['0', '120']) } });
    for (let round = 1; round <= rounds; round += 1) await playRound(round, { recipients, random });
    await clinic.app.start();
    await clinic.untilSent(60_000 + rounds * recipients * 30);

    const received = new Map<string, number>();
    for (const { number, texts } of await clinic.box.phones())
      for (const { direction, body } of texts)
        if (direction === 'in') received.set(`${number} ${body}`, (received.get(`${number} ${body}`) ?? 0) + 1);
    const expected = Array.from({ length: rounds }, (_, round) =>
      Array.from({ length: recipients }, (__, index) => `${phoneOf(index)} ${textOf(round + 1)}`),
    ).flat();
    expect([...received].filter(([, times]) => times > 1)).toEqual([]);
    expect(expected.filter((text) => !received.has(text))).toEqual([]);
    expect(received.size).toBe(expected.length);

    // The counts add up to the audience, and every text that Twilio took has its SID stored.
    const states = clinic.states();
    expect((states.get('SUBMITTED') ?? 0) + (states.get('DELIVERED') ?? 0)).toBe(expected.length);
    const stored = clinic.rows<{ sid: string }>(`SELECT sid FROM Message WHERE direction = 'OUTBOUND' ORDER BY sid`);
    const atTwilio = (await clinic.box.records()).map(({ sid }) => sid).sort();
    expect(stored.map(({ sid }) => sid)).toEqual(atTwilio);
  },
  600_000 + faultPlan.rounds * faultPlan.recipients * 60,
);
