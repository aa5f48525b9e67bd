import { ACCOUNT, ANA, BEN, CLINIC, eventually, openSandbox } from './support';
import type { Sandbox } from './support';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await openSandbox()));
afterEach(() => sandbox.close());

const bodies = (messages: readonly { body: string }[]): string[] => messages.map((message) => message.body);
const allSent = (): Promise<void> =>
  eventually(async () => {
    for (const record of await sandbox.records()) expect(record.status).toMatch(/delivered|received/);
  });

test('newest first, by either number', async () => {
  await sandbox.send(ANA, 'one');
  await sandbox.send(BEN, 'two');
  await sandbox.texts(ANA, 'three');
  const list = sandbox.client.messages;
  expect(bodies(await list.list())).toEqual(['three', 'two', 'one']);
  expect(bodies(await list.list({ to: ANA }))).toEqual(['one']);
  expect(bodies(await list.list({ from: ANA }))).toEqual(['three']);
  expect(bodies(await list.list({ from: CLINIC, to: BEN }))).toEqual(['two']);
  expect(await list.list({ to: '+15125550199' })).toEqual([]);
});

test('by date of sending: bounds inclusive, a bare date is a day, what is not sent is left out', async () => {
  await sandbox.send(ANA, 'monday');
  await allSent();
  sandbox.clock.moveTo(new Date('2026-03-04T10:00:00Z'));
  await sandbox.send(ANA, 'tuesday');
  await allSent();
  await sandbox.set({ rate: 0.01 });
  await sandbox.send(ANA, 'takes the only turn');
  await sandbox.send(ANA, 'queued');
  await eventually(async () => expect((await sandbox.phone(ANA)).texts).toHaveLength(3));
  const { messages } = sandbox.client;
  const boundary = new Date('2026-03-04T10:00:00Z');
  expect(bodies(await messages.list({ dateSentBefore: new Date('2026-03-03T23:00:00Z') }))).toEqual(['monday']);
  expect(bodies(await messages.list({ dateSentAfter: boundary }))).toEqual(['takes the only turn', 'tuesday']);
  expect(bodies(await messages.list({ dateSent: new Date('2026-03-03T00:00:00Z') }))).toEqual(['monday']);
  expect(bodies(await messages.list({ to: ANA }))).toContain('queued');
});

test('the client follows the pages, and they hold still while messages arrive', async () => {
  for (let n = 0; n < 7; n += 1) await sandbox.texts(ANA, String(n));
  expect(bodies(await sandbox.client.messages.list({ to: CLINIC, pageSize: 3 }))).toEqual([...'6543210']);
  expect(bodies(await sandbox.client.messages.list({ pageSize: 3, limit: 4 }))).toEqual([...'6543']);
  const first = await sandbox.client.messages.page({ from: ANA, pageSize: 3 });
  expect(first.nextPageUrl).toContain(`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json?`);
  await sandbox.client.messages(first.instances[2]?.sid ?? '').remove();
  await sandbox.texts(ANA, 'new');
  const second = await first.nextPage();
  expect(bodies(second?.instances ?? [])).toEqual([...'321']);
  const third = await second?.nextPage();
  expect(bodies(third?.instances ?? [])).toEqual(['0']);
  expect(third?.nextPageUrl).toBeUndefined();
});

test('a page token that was made up, a page size of nothing, and a date that is none are refused', async () => {
  const { messages } = sandbox.client;
  await expect(messages.page({ pageToken: 'PASM1' })).rejects.toMatchObject({ status: 400 });
  await expect(messages.page({ pageSize: 0 })).rejects.toMatchObject({ status: 400 });
  await expect(messages.page({ dateSent: 'soon' as unknown as Date })).rejects.toMatchObject({ status: 400 });
});
