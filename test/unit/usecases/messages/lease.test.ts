import { WorkerLease } from '../../../../src/usecases/messages/lease';
import { openClinic, type TestClinic } from '../../../support/messages/clinic';

let clinic: TestClinic;
let now = Date.now();
beforeEach(async () => {
  clinic = await openClinic();
  now = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await clinic.close();
});

const lease = (): WorkerLease => new WorkerLease(clinic.ports);
/** As another process on this machine would have it, that lives. */
const takenByAnotherProcess = (): Promise<unknown> =>
  clinic.store.housekeeping.holdLease({
    name: 'worker',
    holder: 'another-machine:1:x',
    now: new Date(now),
    expiresAt: new Date(now + 20_000),
  });

test('is taken by one, kept by renewing it, and refused to the other', async () => {
  const [first, second] = [lease(), lease()];
  expect(await first.renew()).toBe('taken');
  expect(await first.renew()).toBe('held');
  await clinic.store.housekeeping.endLease('worker', 'nobody');
  await takenByAnotherProcess();
  expect(first.isHeld()).toBe(true);
  expect(second.isHeld()).toBe(false);
});

test('a holder stops some seconds before its lease ends', async () => {
  const first = lease();
  await first.renew();
  now += 16_999;
  expect(first.isHeld()).toBe(true);
  now += 1;
  expect(first.isHeld()).toBe(false);
});

test('one that slept, and was followed by another that is gone, takes it anew: what that one left has to be picked up', async () => {
  const slept = lease();
  await slept.renew();
  now += 60_000;
  await takenByAnotherProcess();
  expect(await slept.renew()).toBe('refused');
  now += 21_000;
  expect(await slept.renew()).toBe('taken');
});

test('… also when it never noticed that it had lost it', async () => {
  const slept = lease();
  await slept.renew();
  now += 60_000;
  await takenByAnotherProcess();
  now += 21_000;
  expect(await slept.renew()).toBe('taken');
});

test('one that overslept and was followed by nobody goes on as the holder', async () => {
  const slept = lease();
  await slept.renew();
  now += 60_000;
  expect(await slept.renew()).toBe('held');
});
