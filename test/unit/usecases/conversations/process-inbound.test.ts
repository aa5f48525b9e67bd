import Database from 'better-sqlite3';
import { processInbound } from '../../../../src/usecases/conversations/process-inbound';
import { openClinic, type TestClinic } from '../../../support/messages/clinic';
import { phoneOf } from '../../../support/seed';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic();
});
afterEach(() => clinic.close());

const arrive = (texts: readonly { readonly from: number; readonly text: string }[]): Promise<number> =>
  clinic.store.messages.addInbound(
    texts.map(({ from, text }, i) => ({
      sid: `SM${String(i).padStart(32, '0')}`,
      phone: phoneOf(from),
      text,
      media: [],
      at: clinic.clock.now(),
      optOutType: null,
    })),
  );

test('a reply that cannot be worked on holds up its own phone only, and leaves nothing half done', async () => {
  await arrive([
    { from: 1, text: 'first' },
    { from: 2, text: 'what it stumbles over' },
    { from: 2, text: 'the next of the same phone' },
    { from: 3, text: 'STOP' },
  ]);
  const database = new Database(clinic.file);
  // Only this one: were the next of its phone worked on meanwhile, it would be read before what was written first.
  database.exec(`CREATE TRIGGER stumble BEFORE UPDATE ON Message WHEN NEW.text = 'what it stumbles over'
    BEGIN SELECT RAISE(ABORT, 'a row that cannot be written'); END`);
  await processInbound(clinic.ports);
  expect((await clinic.store.messages.waiting(10)).map(({ phone }) => phone)).toEqual([phoneOf(2), phoneOf(2)]);
  expect((await clinic.store.patients.phone(phoneOf(3)))?.optedOutAt).toBeTruthy();
  expect(await clinic.store.conversations.byPhone(phoneOf(2))).toBeNull();

  database.exec('DROP TRIGGER stumble');
  database.close();
  await processInbound(clinic.ports);
  expect(await clinic.store.messages.waiting(10)).toEqual([]);
});
