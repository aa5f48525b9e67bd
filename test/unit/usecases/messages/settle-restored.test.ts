/** After a restore: what waits is looked for at Twilio before it goes out, to the edge. */
import { applyReports } from '../../../../src/usecases/messages/apply-reports';
import { RestoredSettler } from '../../../../src/usecases/messages/settle-restored';
import { openClinic, type TestClinic } from '../../../support/messages/clinic';

const ANA = '+16172000001';
const BEN = '+16172000002';
const MINUTE = 60_000;

let clinic: TestClinic;
let settler: RestoredSettler;
let backupAt: Date;
beforeEach(async () => {
  clinic = await openClinic();
  settler = new RestoredSettler(clinic.ports, 0);
  backupAt = clinic.clock.now();
});
afterEach(() => clinic.close());

let keys = 0;
const restoredAt = (): Date => new Date(backupAt.getTime() + 60 * MINUTE);
const isRestored = (): Promise<void> =>
  clinic.store.housekeeping.moveCursor(
    'restore',
    JSON.stringify({ since: backupAt.getTime(), restoredAt: restoredAt().getTime() }),
  );

/** A 1-to-1 text that is in doubt since `causedAt`. Made at the time of the backup, it is one of the backup's. */
async function doubted(phone: string, text: string, { causedAt = backupAt, madeAt = backupAt } = {}): Promise<number> {
  await isRestored();
  const conversation = await clinic.store.conversations.ensure(phone, 'C0REPLIES', backupAt);
  const stored = await clinic.store.messages.addOutbound({
    key: `restored:${(keys += 1)}`,
    purpose: 'CONVERSATION',
    phone,
    text,
    segments: 1,
    zones: 'America/New_York',
    conversationId: conversation.id,
    createdAt: madeAt,
    causedAt,
    answerableUntil: null,
    sentBy: 'U1',
  });
  return stored?.id ?? 0;
}

/** What the app sent in the time that the database does not know. @returns its SID */
function sentSince(to: string, text: string, minutes = 30): string {
  clinic.twilio.skewMs = backupAt.getTime() + minutes * MINUTE - clinic.clock.now().getTime();
  const { sid } = clinic.twilio.take({ to, text, attemptId: 'of a lost time', validityPeriod: 100 });
  clinic.twilio.skewMs = 0;
  return sid;
}

async function settles(minutesLater = 62): Promise<void> {
  clinic.clock.set(new Date(backupAt.getTime() + minutesLater * MINUTE));
  await settler.settle();
}

test('what Twilio has was sent, what it does not have waits again', async () => {
  const [sent, unsent] = [await doubted(ANA, 'Come on Monday.'), await doubted(BEN, 'Come on Monday.')];
  const sid = sentSince(ANA, 'Come on Monday.');
  await settles();
  expect([await clinic.state(sent), await clinic.state(unsent)]).toEqual(['SUBMITTED', 'QUEUED']);
  expect(await clinic.store.messages.byId(sent)).toMatchObject({ sid, doubtedSince: null });
});

test('until Twilio’s list can be believed nobody is judged', async () => {
  const id = await doubted(ANA, 'Come on Monday.');
  await settles(61);
  expect(await clinic.state(id)).toBe('UNCERTAIN');
});

test('of equal texts to one number each that Twilio has stands for one of ours', async () => {
  const ids = [await doubted(ANA, 'ok'), await doubted(ANA, 'ok'), await doubted(ANA, 'ok')];
  sentSince(ANA, 'ok', 10);
  sentSince(ANA, 'ok', 20);
  sentSince(ANA, 'not ok', 25);
  sentSince(BEN, 'ok', 26);
  await settles();
  expect(await Promise.all(ids.map((id) => clinic.state(id)))).toEqual(['SUBMITTED', 'SUBMITTED', 'QUEUED']);
});

test('an equal text that the backup knows of, or of long before it, proves nothing', async () => {
  sentSince(ANA, 'ok', -60);
  const known = await clinic.text(ANA, 'ok');
  const sid = sentSince(ANA, 'ok', -1);
  await clinic.store.messages.move(known, ['QUEUED'], { state: 'SUBMITTED', sid });
  const id = await doubted(ANA, 'ok');
  await settles();
  expect(await clinic.state(id)).toBe('QUEUED');
});

test('what Twilio gives back unsent is looked for once more: it may have come back, and gone again, in the lost time', async () => {
  const sid = sentSince(ANA, 'Come on Monday.', -5);
  const id = await clinic.text(ANA, 'Come on Monday.');
  const openZoneSets = ['America/New_York'];
  const newAttemptId = (): string => 'of before the backup';
  await clinic.store.queue.claimOfConversations({ now: backupAt, openZoneSets, limit: 1, newAttemptId });
  await clinic.store.queue.recordTaken([{ id, attemptId: newAttemptId(), sid, status: 'queued' }], backupAt);
  const again = sentSince(ANA, 'Come on Monday.', 20);
  await isRestored();
  clinic.clock.set(restoredAt());
  const report = { sid, attemptId: null, status: 'failed', errorCode: 30036, receivedAt: restoredAt() };
  await clinic.store.reports.add([report]);
  await applyReports(clinic.ports);
  expect(await clinic.state(id)).toBe('UNCERTAIN');
  await settles();
  expect((await clinic.store.messages.byId(id))?.sid).toBe(again);
});

test('found, and given back unsent: it goes out again, and is not found a second time', async () => {
  const id = await doubted(ANA, 'Come on Monday.');
  sentSince(ANA, 'Come on Monday.');
  const [held] = clinic.twilio.held;
  Object.assign(held ?? {}, { status: 'failed', errorCode: 30036 });
  for (const minutes of [62, 63, 64]) {
    await settles(minutes);
    await applyReports(clinic.ports);
  }
  expect(await clinic.state(id)).toBe('QUEUED');
});

test('a text that Twilio has redacted since could be ours: it is not risked, and staff decide', async () => {
  const id = await doubted(ANA, 'Come on Monday.');
  sentSince(ANA, '');
  await settles();
  expect(await clinic.store.messages.byId(id)).toMatchObject({ state: 'SKIPPED', reason: 'restored_unclear' });
});

test('what staff wrote before the restore and is read only now is not texted hours later', async () => {
  const lost = new Date(backupAt.getTime() + 10 * MINUTE);
  const now = { madeAt: restoredAt() };
  const [sent, unsent, fresh] = [
    await doubted(ANA, 'Yes, 9 is fine.', { causedAt: lost, ...now }),
    await doubted(ANA, 'Bring your card.', { causedAt: lost, ...now }),
    await doubted(BEN, 'See you.', { causedAt: new Date(restoredAt().getTime() - MINUTE), ...now }),
  ];
  sentSince(ANA, 'Yes, 9 is fine.', 11);
  await settles();
  expect(await Promise.all([sent, unsent, fresh].map((id) => clinic.state(id)))).toEqual([
    'SUBMITTED',
    'SKIPPED',
    'QUEUED',
  ]);
});

test('what is written after the restore is in no doubt', async () => {
  const after = new Date(restoredAt().getTime() + 1);
  const id = await doubted(ANA, 'ok', { causedAt: after, madeAt: after });
  expect(await clinic.state(id)).toBe('QUEUED');
});

test('Twilio does not answer: nobody is judged, and it is asked again', async () => {
  const id = await doubted(ANA, 'ok');
  const listOutbound = clinic.twilio.listOutbound.bind(clinic.twilio);
  clinic.twilio.listOutbound = () => Promise.reject(new Error('no answer'));
  await expect(settles()).rejects.toThrow('no answer');
  expect(await clinic.state(id)).toBe('UNCERTAIN');
  clinic.twilio.listOutbound = listOutbound;
  await settles();
  expect(await clinic.state(id)).toBe('QUEUED');
});
