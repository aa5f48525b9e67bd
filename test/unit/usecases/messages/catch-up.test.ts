import { applyReports } from '../../../../src/usecases/messages/apply-reports';
import { catchUpInbound } from '../../../../src/usecases/messages/catch-up';
import { sweepStatuses } from '../../../../src/usecases/messages/sweep-statuses';
import { Dispatcher } from '../../../../src/usecases/messages/dispatcher';
import { openClinic, type TestClinic } from '../../../support/messages/clinic';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic();
});
afterEach(() => clinic.close());

test('a clock that was far ahead, and is put right, does not keep replies from being fetched', async () => {
  const asked: Date[] = [];
  clinic.twilio.listInbound = (since) => {
    asked.push(since);
    return Promise.resolve([]);
  };
  const right = clinic.clock.now();
  clinic.clock.advance(365 * 24 * 3_600_000);
  await catchUpInbound(clinic.ports);
  clinic.clock.set(right);
  await catchUpInbound(clinic.ports);
  expect(asked[1]!.getTime()).toBeLessThan(right.getTime());
});

test('texts of which Twilio never says more do not keep the others from being asked after', async () => {
  const phones = Array.from({ length: 120 }, (_, index) => `+1617200${String(1000 + index)}`);
  await clinic.campaign(phones);
  const dispatcher = new Dispatcher({ ...clinic.ports, mayWork: () => true });
  dispatcher.wake();
  await dispatcher.idle();
  for (const message of clinic.twilio.held) message.status = 'sent';
  const last = clinic.twilio.held.at(-1)!;
  Object.assign(last, { status: 'failed', errorCode: 30036 });
  for (let round = 0; round < 3; round += 1) {
    clinic.clock.advance(61_000);
    await sweepStatuses(clinic.ports);
  }
  expect(await clinic.store.queue.count('QUEUED')).toBe(1);
  await dispatcher.stop();
});

test('one report that cannot be applied holds up no other', async () => {
  const { messages } = await clinic.campaign(['+16172000001', '+16172000002']);
  const dispatcher = new Dispatcher({ ...clinic.ports, mayWork: () => true });
  dispatcher.wake();
  await dispatcher.idle();
  const [first, second] = clinic.twilio.held;
  const { store } = clinic.ports;
  await store.reports.add(
    [first!, second!].map(({ sid }) => ({
      sid,
      attemptId: null,
      status: 'delivered',
      errorCode: null,
      receivedAt: clinic.clock.now(),
    })),
  );
  const bad = {
    ...store,
    transaction: ((work) =>
      store.transaction((tx) => {
        const campaignMessages: typeof tx.reports.campaignMessages = (sids) => {
          if (sids.includes(first!.sid)) throw new Error('of this one only');
          return tx.reports.campaignMessages(sids);
        };
        return work({
          ...tx,
          reports: Object.assign(Object.create(tx.reports) as typeof tx.reports, { campaignMessages }),
        });
      })) as typeof store.transaction,
  };
  await applyReports({ ...clinic.ports, store: bad });
  expect(await Promise.all(messages.map((id) => clinic.state(id)))).toEqual(['SUBMITTED', 'DELIVERED']);
  await applyReports(clinic.ports);
  expect(await clinic.state(messages[0]!)).toBe('DELIVERED');
  await dispatcher.stop();
});

test('without callbacks a campaign of hundreds is known to be delivered after one look at Twilio’s list', async () => {
  const phones = Array.from({ length: 120 }, (_, i) => `+1617200${String(1_000 + i)}`);
  const { messages } = await clinic.campaign(phones);
  const dispatcher = new Dispatcher({ ...clinic.ports, mayWork: () => true });
  dispatcher.wake();
  await dispatcher.idle();
  for (const message of clinic.twilio.held) message.status = 'delivered';
  clinic.twilio.held[7]!.status = 'undelivered';
  clinic.twilio.held[7]!.errorCode = 30005;
  clinic.clock.advance(30_000);
  await sweepStatuses(clinic.ports);
  const states = await Promise.all(messages.map((id) => clinic.state(id)));
  expect(states.filter((state) => state === 'DELIVERED')).toHaveLength(119);
  expect(states.filter((state) => state === 'UNDELIVERED')).toHaveLength(1);
  await dispatcher.stop();
});

test('a late “queued” does not take back that a carrier has the text', async () => {
  const { messages } = await clinic.campaign(['+16172000001']);
  const dispatcher = new Dispatcher({ ...clinic.ports, mayWork: () => true });
  dispatcher.wake();
  await dispatcher.idle();
  const { sid } = clinic.twilio.held[0]!;
  for (const status of ['sent', 'queued']) {
    const receivedAt = clinic.clock.now();
    await clinic.store.reports.add([{ sid, attemptId: null, status, errorCode: null, receivedAt }]);
    await applyReports(clinic.ports);
  }
  expect((await clinic.store.messages.byId(messages[0]!))?.twilioStatus).toBe('sent');
  await dispatcher.stop();
});
