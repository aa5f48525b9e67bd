import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients } from '../support/patient-rows';

const MANY = 60;

describe('A send can be stopped while it goes', () => {
  let clinic: Clinic;
  /** A slow send that has begun. */
  const begun = async (): Promise<SandboxMessage> => {
    const before = (await clinic.box.records()).length;
    const card = await clinic.sends({ template: 'Long', groups: ['Everyone'] });
    await until('the first texts', async () => (await clinic.box.records()).length > before + 5);
    return card;
  };
  const sentOn = (card: SandboxMessage): number => Number(/([\d,]+) of 60 sent/.exec(wordsOf(card))?.[1]);

  beforeAll(async () => {
    clinic = await openClinic({ env: { TWILIO_RATE: '6' } });
    await clinic.importPatients(patients(MANY));
    await clinic.template({ name: 'Long', text: 'Hi {{ first_name }}, a word from {{ clinic_name }}.' });
  });
  afterAll(() => clinic.close());

  test('Pause stops it, Resume goes on, and everybody gets it once', async () => {
    const card = await begun();
    await clinic.box.advanceClock(10_000);
    await clinic.shows(
      card,
      /\d+ waiting {2}· {2}\d+ texts a minute {2}· {2}(about \d+ minutes?|less than a minute) left/,
    );
    await clinic.sender.presses('Pause', await clinic.shows(card, 'sent: “Long”'));
    await clinic.shows(card, 'Paused, ');
    const { length } = await settledRecords(clinic);
    expect(length).toBeLessThan(MANY);
    await clinic.box.advanceClock(60_000);
    expect(await settledRecords(clinic)).toHaveLength(length);
    await clinic.sender.presses('Resume', await clinic.shows(card, 'Paused, '));
    await clinic.shows(card, `Done, ${MANY} of ${MANY} sent`);
    expect(new Set((await clinic.box.records()).map(({ to }) => to)).size).toBe(MANY);
    expect(await clinic.box.records()).toHaveLength(MANY);
  });

  test('Cancel ends it: what the card counts as sent is what the phones have, the rest is not sent', async () => {
    const card = await begun();
    await clinic.sender.presses('Cancel', await clinic.shows(card, 'sent: “Long”'));
    await clinic.shows(card, 'Canceled, ');
    const second = (await settledRecords(clinic)).length - MANY;
    const done = await clinic.shows(card, new RegExp(`Canceled, ${second} of 60 sent[\\s\\S]*${second} delivered`));
    expect(sentOn(done)).toBeLessThan(MANY);
    expect(wordsOf(done)).toContain(`${MANY - second} not sent (${MANY - second} canceled)`);
    expect(await clinic.received()).toHaveLength(MANY + second);
  });

  test('the commands do the same, by number or for the only one there is', async () => {
    const card = await begun();
    await clinic.sender.types('/outreach pause', CHANNELS.outreach);
    await clinic.sender.reads(/Send 3: paused\. Nothing more goes out/, { channel: CHANNELS.outreach });
    await clinic.shows(card, 'Paused, ');
    await clinic.sender.types('/outreach status', CHANNELS.outreach);
    await clinic.sender.reads(/3 sends[\s\S]*paused[\s\S]*send 3/, { channel: CHANNELS.outreach });
    await clinic.sender.types('/outreach resume 3', CHANNELS.outreach);
    await clinic.sender.reads('Send 3: goes on.', { channel: CHANNELS.outreach });
    await clinic.sender.types('/outreach cancel #3', CHANNELS.outreach);
    const told = await clinic.sender.reads(/Send 3: canceled\. \d+ texts were not sent\./, {
      channel: CHANNELS.outreach,
    });
    const notSent = Number(/(\d+) texts/.exec(wordsOf(told))?.[1]);
    const done = await clinic.shows(card, /\d+ not sent \(\d+ canceled\)/);
    // What Twilio still queued was called back after that.
    expect(Number(/(\d+) not sent/.exec(wordsOf(done))?.[1])).toBeGreaterThanOrEqual(notSent);
  });

  test('what cannot be done is said with the reason', async () => {
    await clinic.sender.types('/outreach resume 3', CHANNELS.outreach);
    await clinic.sender.reads('This send cannot be resumed: it is canceled. Start a new send.', {
      channel: CHANNELS.outreach,
    });
    await clinic.sender.types('/outreach pause', CHANNELS.outreach);
    await clinic.sender.reads('There is no send to pause.', { channel: CHANNELS.outreach });
    await clinic.sender.types('/outreach cancel everything', CHANNELS.outreach);
    await clinic.sender.reads('“everything” is not the number of a send', { channel: CHANNELS.outreach });
    await clinic.sender.types('/outreach cancel 99', CHANNELS.outreach);
    await clinic.sender.reads('This send is not there any more', { channel: CHANNELS.outreach });
    await clinic.responder.types('/outreach cancel 1', CHANNELS.outreach);
    await clinic.responder.reads('Only senders and admins may pause, resume or cancel a send', {
      channel: CHANNELS.outreach,
    });
  });
});

/** Twilio's books, once nothing is added any more: what was under way when somebody pressed is not called back. */
async function settledRecords(clinic: Clinic): Promise<readonly unknown[]> {
  let last = -1;
  return until('Twilio’s books to rest', async () => {
    const records = await clinic.box.records();
    const rests = records.length === last && records.every(({ status }) => status === 'delivered');
    last = records.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return rests && records;
  });
}
