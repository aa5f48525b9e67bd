import { until } from '../../src/sandbox/driver/http';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { type Clinic, openClinic } from '../support/clinic';
import { BOSTON, CHICAGO, HONOLULU, LOS_ANGELES, patients, phoneOf } from '../support/patient-rows';

/** From west to east, so that Boston comes last in a queue. */
const TOWNS = [
  { zip: HONOLULU, mobile: '+18085552001' },
  { zip: LOS_ANGELES, mobile: '+12135552002' },
  { zip: CHICAGO, mobile: '+13125552003' },
  { zip: BOSTON, mobile: '+16175552004' },
] as const;
const [honolulu, losAngeles, chicago, boston] = TOWNS.map(({ mobile }) => mobile) as [string, string, string, string];

/** On Tuesday the 24th of November 2026 New York is at UTC-5, Chicago -6, Los Angeles -8, Honolulu -10. */
const CLOSING_IN_BOSTON = '2026-11-25T02:00:00Z';
const OPENING_IN_BOSTON = '2026-11-25T12:00:00Z';

const before = (iso: string, seconds: number): string =>
  new Date(new Date(iso).getTime() - seconds * 1000).toISOString();

const openTown = async (now: string): Promise<Clinic> => {
  const clinic = await openClinic({ now });
  await clinic.importPatients(patients(4).map((row, index) => ({ ...row, ...TOWNS[index]! })));
  await clinic.template({ name: 'Reminder', text: '{{ clinic_name }}: see you tomorrow.' });
  return clinic;
};

const campaignTexts = async (clinic: Clinic) =>
  (await clinic.box.records()).filter(({ body }) => body.includes('see you tomorrow'));

const textsTo = async (clinic: Clinic): Promise<string[]> =>
  (await clinic.received()).map(({ number }) => number).sort();

describe('The texting window', () => {
  test('closes where the patient lives, and opens there at seven: one send over four zones', async () => {
    const clinic = await openTown('2026-11-24T22:00:00Z');
    try {
      const card = await clinic.send({ template: 'Reminder', groups: ['Everyone'] });
      await clinic.box.moveClockTo(new Date(before(CLOSING_IN_BOSTON, 10)));
      await clinic.sender.presses('Send now', card);
      // Ten seconds before nine is too late to be sure that it arrives in time: Boston waits, the others get it.
      await clinic.shows(card, '3 of 4 sent');
      await clinic.box.moveClockTo(new Date(CLOSING_IN_BOSTON));
      await clinic.shows(card, /🌙 Waits for the texting window/);
      expect(await textsTo(clinic)).toEqual([chicago, losAngeles, honolulu].sort());
      await clinic.box.moveClockTo(new Date(before(OPENING_IN_BOSTON, 5)));
      await clinic.box.moveClockTo(new Date(OPENING_IN_BOSTON));
      await clinic.shows(card, 'Done, 4 of 4 sent');
      await clinic.box.phone(boston).receives('see you tomorrow');
      const record = (await clinic.box.records()).find(({ to }) => to === boston);
      expect(Date.parse(record!.createdAt)).toBeGreaterThanOrEqual(Date.parse(OPENING_IN_BOSTON));
    } finally {
      await clinic.close();
    }
  });

  test('what Twilio still queues at closing time is dropped there, and goes in the morning', async () => {
    const clinic = await openTown('2026-11-24T22:00:00Z');
    try {
      const card = await clinic.send({ template: 'Reminder', groups: ['Everyone'] });
      await clinic.box.moveClockTo(new Date(before(CLOSING_IN_BOSTON, 90)));
      // So slow that the queue stands still behind a text that is on its way.
      await clinic.box.twilioSettings({ rate: 0.001 });
      await clinic.box.phone(chicago).texts('Are you open on Friday?');
      await clinic.answers(await clinic.thread('Are you open on Friday?'), 'We are.');
      await until('Twilio to be busy', async () => (await clinic.box.records()).some(({ body }) => body === 'We are.'));
      await clinic.sender.presses('Send now', card);
      await until('Twilio to have all four', async () => (await campaignTexts(clinic)).length === 4);
      const queued = (await campaignTexts(clinic)).filter(({ status }) => status === 'queued');
      expect(queued.length).toBeGreaterThanOrEqual(3);
      for (const { to, validityPeriod, createdAt } of queued.filter((record) => record.to === boston)) {
        expect(to).toBe(boston);
        expect(Date.parse(createdAt) + validityPeriod * 1000).toBeLessThanOrEqual(Date.parse(CLOSING_IN_BOSTON));
      }
      await clinic.box.moveClockTo(new Date(CLOSING_IN_BOSTON));
      await clinic.box.twilioSettings({ rate: 100 });
      await clinic.shows(card, '3 of 4 sent');
      expect(await textsTo(clinic)).not.toContain(boston);
      await clinic.box.moveClockTo(new Date(OPENING_IN_BOSTON));
      await clinic.shows(card, 'Done, 4 of 4 sent');
      expect(await clinic.box.phone(boston).received()).toHaveLength(1);
    } finally {
      await clinic.close();
    }
  });

  test('“is not sent”: what was not sent by closing time ends there, and is counted', async () => {
    const clinic = await openTown('2026-11-24T22:00:00Z');
    try {
      const card = await clinic.send({ template: 'Reminder', groups: ['Everyone'], atClose: 'is not sent' });
      await clinic.box.moveClockTo(new Date(before(CLOSING_IN_BOSTON, 10)));
      await clinic.sender.presses('Send now', card);
      await clinic.shows(card, '3 of 4 sent');
      await clinic.box.moveClockTo(new Date(CLOSING_IN_BOSTON));
      const done = await clinic.shows(card, 'Done, 3 of 4 sent');
      expect(wordsOf(done)).toContain('1 not sent (1 not sent by closing time)');
      await clinic.box.moveClockTo(new Date(OPENING_IN_BOSTON));
      await clinic.box.phone(chicago).texts('Good morning');
      await clinic.thread('Good morning');
      expect(await clinic.box.phone(boston).received()).toEqual([]);
    } finally {
      await clinic.close();
    }
  });

  describe('and answers to patients', () => {
    let clinic: Clinic;
    const at = (hour: string): Promise<void> => clinic.box.moveClockTo(new Date(`2026-11-25T${hour}Z`));

    beforeAll(async () => {
      // Half past nine in the evening in Boston.
      clinic = await openClinic({ now: '2026-11-25T02:30:00Z' });
      await clinic.importPatients(patients(1));
    });
    afterAll(() => clinic.close());

    test('within half an hour of the patient’s own text an answer goes, whatever the hour', async () => {
      await clinic.box.phone(phoneOf(1)).texts('Are you still there?');
      const thread = await clinic.thread('Are you still there?');
      const answer = await clinic.answers(thread, 'We are.');
      await clinic.box.phone(phoneOf(1)).receives('We are.');
      await clinic.marked(answer, 'white_check_mark');
    });

    test('later it waits for the opening, and the thread says until when', async () => {
      const thread = await clinic.thread('Are you still there?');
      await at('03:10:00');
      const answer = await clinic.answers(thread, 'One more thing: bring your card.');
      await clinic.marked(answer, 'hourglass_flowing_sand');
      const told = await clinic.responder.reads('outside texting hours', { threadTs: thread.ts });
      expect(wordsOf(told)).toMatch(/It is 10:10 PM where this patient lives.*goes out by itself at \*7:00 AM\*/);
      expect(await clinic.box.phone(phoneOf(1)).received()).toEqual(['We are.']);
      await at('12:00:00');
      await clinic.box.phone(phoneOf(1)).receives('bring your card');
      await clinic.marked(answer, 'white_check_mark');
    });
  });
});
