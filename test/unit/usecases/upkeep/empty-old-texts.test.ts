/** Texts older than RETENTION_DAYS are emptied here and redacted at Twilio. */
import { emptyOldTexts } from '../../../../src/usecases/upkeep/empty-old-texts';
import { openClinic, type TestClinic } from '../../../support/messages/clinic';

const DAY = 24 * 3_600_000;
const always = (): boolean => true;
let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic();
});
afterEach(() => clinic.close());

const textOf = async (id: number): Promise<string | undefined> => (await clinic.store.messages.byId(id))?.text;

async function sent(text: string): Promise<number> {
  const id = await clinic.text('+16172000001', text);
  const { sid } = clinic.twilio.take({ to: '+16172000001', text, attemptId: text, validityPeriod: 100 });
  await clinic.store.messages.move(id, ['QUEUED'], { state: 'DELIVERED', sid });
  return id;
}

test('old texts go, at Twilio too; young ones and those on their way stay', async () => {
  const old = await sent('Your result is there.');
  const waiting = await clinic.text('+16172000002', 'It waits since long.');
  clinic.clock.advance(31 * DAY);
  const young = await sent('Come on Monday.');
  expect(await emptyOldTexts(clinic.ports, 30, always)).toEqual({ emptied: 1, failed: 0 });
  expect(await Promise.all([old, waiting, young].map(textOf))).toEqual(['', 'It waits since long.', 'Come on Monday.']);
  expect(clinic.twilio.held.map(({ text }) => text)).toEqual(['', 'Come on Monday.']);
  const [record] = await clinic.store.audit.page({}, { skip: 0, take: 1 });
  expect(record).toMatchObject({ actor: 'app', action: 'retention.empty' });
  expect(record?.detail).not.toContain('result');
});

test('it is done once a night, and never when no time is set', async () => {
  await sent('Your result is there.');
  clinic.clock.advance(31 * DAY);
  expect(await emptyOldTexts(clinic.ports, 0, always)).toBeNull();
  expect(await emptyOldTexts(clinic.ports, 30, always)).toEqual({ emptied: 1, failed: 0 });
  expect(await emptyOldTexts(clinic.ports, 30, always)).toBeNull();
  clinic.clock.advance(DAY);
  expect(await emptyOldTexts(clinic.ports, 30, always)).toEqual({ emptied: 0, failed: 0 });
});

test('what Twilio does not take keeps its text here, and goes the next night', async () => {
  const id = await sent('Your result is there.');
  const redact = clinic.twilio.redact.bind(clinic.twilio);
  clinic.twilio.redact = () => Promise.reject(new Error('no answer'));
  clinic.clock.advance(31 * DAY);
  expect(await emptyOldTexts(clinic.ports, 30, always)).toEqual({ emptied: 0, failed: 1 });
  expect(await textOf(id)).toBe('Your result is there.');
  clinic.twilio.redact = redact;
  clinic.clock.advance(DAY);
  expect(await emptyOldTexts(clinic.ports, 30, always)).toEqual({ emptied: 1, failed: 0 });
});

test('a process that has to stop leaves the rest to the next one', async () => {
  const id = await sent('Your result is there.');
  clinic.clock.advance(31 * DAY);
  await emptyOldTexts(clinic.ports, 30, () => false);
  expect(await textOf(id)).toBe('Your result is there.');
  expect(await emptyOldTexts(clinic.ports, 30, always)).toEqual({ emptied: 1, failed: 0 });
});
