import { until } from '../../src/sandbox/driver/http';
import { FaultClinic } from '../support/faults/fault-clinic';
import { faultPlan } from '../support/faults/random';
import { phoneOf, seedCampaign } from '../support/seed';

const RECIPIENTS = 60;
const TEXT = 'Your second dose is ready.';
const zones = 'America/New_York';

let clinic: FaultClinic;
beforeEach(async () => {
  clinic = await FaultClinic.open({ processes: 2, env: { TWILIO_RATE: '15' } });
  const patients = Array.from({ length: RECIPIENTS }, (_, index) => ({ phone: phoneOf(index), zones }));
  const at = await clinic.box.now();
  await clinic.withStore((store) => seedCampaign(store, { patients, text: TEXT }, at));
});
afterEach(() => clinic.close());

async function everybodyHasItOnce(): Promise<void> {
  await clinic.untilSent();
  const phones = await clinic.box.phones();
  const counts = phones.map(({ texts }) => texts.filter(({ body }) => body === TEXT).length);
  expect(counts).toEqual(Array.from({ length: RECIPIENTS }, () => 1));
}

test('the one that is killed is followed by the other within 30 s; until then the other sends nothing', async () => {
  const [first, second] = clinic.apps;
  const dies = first!.gate.reaches('during', 20);
  await first!.process.start();
  await second!.process.start();
  await dies;
  expect(second!.gate.creates).toBe(0);
  first!.process.kill();
  await until('the second to send', () => Promise.resolve(second!.gate.creates > 0), 30_000);
  await everybodyHasItOnce();
}, 90_000);

test('one that only slept is followed, too, and sends nothing when it wakes', async () => {
  if (!faultPlan.isLong) return;
  const [first, second] = clinic.apps;
  const sleeps = first!.gate.reaches('answered', 20);
  await first!.process.start();
  await second!.process.start();
  await sleeps;
  await until('a moment outside of any transaction', async () => {
    first!.process.signal('SIGSTOP');
    if (!clinic.isLocked()) return true;
    first!.process.signal('SIGCONT');
    await new Promise((resolve) => setTimeout(resolve, 7));
    return false;
  });
  const sent = first!.gate.creates;
  await until('the second to send', () => Promise.resolve(second!.gate.creates > 0), 40_000);
  await clinic.untilSent();
  first!.process.signal('SIGCONT');
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(first!.gate.creates).toBe(sent);
  await everybodyHasItOnce();
}, 180_000);
