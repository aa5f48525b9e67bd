import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const MANY = 24;

/** Presses a button of the Home tab. */
const pressesAtHome = async (clinic: Clinic, actionId: string): Promise<unknown> => {
  const { id } = await clinic.admin.opensHome();
  return clinic.post('/slack/control/action', { user: clinic.admin.id, viewId: id, actionId });
};

describe('All sending can be stopped at once', () => {
  let clinic: Clinic;
  let card: SandboxMessage;
  const home = async (words: string): Promise<string> =>
    until(`“${words}” in the Home tab`, async () => {
      const shown = wordsIn((await clinic.admin.sees()).home?.view);
      return shown.includes(words) && shown;
    });

  beforeAll(async () => {
    clinic = await openClinic({ env: { TWILIO_RATE: '3' } });
    await clinic.importPatients(patients(MANY));
    await clinic.template({ name: 'Long', text: 'Hi {{ first_name }}, a word from {{ clinic_name }}.' });
    card = await clinic.sends({ template: 'Long', groups: ['Everyone'] });
    await until('the first texts', async () => (await clinic.received()).length > 5);
  });
  afterAll(() => clinic.close());

  test('only an admin may, and others do not see the button', async () => {
    await clinic.sender.types('/outreach pause all', CHANNELS.outreach);
    await clinic.sender.reads('Only admins may stop all sending', { channel: CHANNELS.outreach });
    expect(wordsIn((await clinic.sender.opensHome()).view)).not.toContain('Stop all sending');
  });

  test('an admin’s press in the Home tab stops it, and every card and the channel say so', async () => {
    await clinic.admin.opensHome();
    await home('Stop all sending');
    await pressesAtHome(clinic, 'stop_all');
    await home('Resume all sending');
    await clinic.shows(card, `All sending is stopped* by <@${clinic.admin.id}>`);
    await clinic.reviewer.reads(`🛑 <@${clinic.admin.id}> stopped all sending`, { channel: CHANNELS.approvals });
  });

  test('nothing goes out, not after hours and not after a restart', async () => {
    const { length } = await atRest(clinic);
    expect(length).toBeLessThan(MANY);
    await clinic.stopApp();
    await clinic.startApp({ TWILIO_RATE: '0' });
    await clinic.box.advanceClock(60_000);
    await clinic.sender.types('/outreach status', CHANNELS.outreach);
    await clinic.sender.reads('All sending is stopped', { channel: CHANNELS.outreach });
    expect(await atRest(clinic)).toHaveLength(length);
  });

  test('a 1-to-1 text waits as well, and who wrote it is told so', async () => {
    await clinic.box.phone(phoneOf(1)).texts('When can I come?');
    const head = await clinic.thread('When can I come?');
    await clinic.answers(head, 'Any time on Friday.');
    const told = await clinic.responder.reads('has stopped all sending. Your text waits', {
      channel: CHANNELS.replies,
    });
    expect(told.ephemeralFor).toBe(clinic.responder.id);
    expect(await clinic.box.phone(phoneOf(1)).received()).not.toContain('Any time on Friday.');
  });

  test('stopping twice stops once', async () => {
    await clinic.admin.types('/outreach stop', CHANNELS.outreach);
    await clinic.admin.reads('All sending was stopped already', { channel: CHANNELS.outreach });
  });

  test('Resume all lets everything go on, and everybody gets it once', async () => {
    await clinic.admin.types('/outreach resume all', CHANNELS.outreach);
    await clinic.admin.reads('Sending goes on.', { channel: CHANNELS.outreach });
    await clinic.shows(card, `Done, ${MANY} of ${MANY} sent`);
    await until('the 1-to-1 text', async () =>
      (await clinic.box.phone(phoneOf(1)).received()).includes('Any time on Friday.'),
    );
    const invitations = (await clinic.received()).filter(({ body }) => body.startsWith('Hi '));
    expect(new Set(invitations.map(({ number }) => number)).size).toBe(MANY);
    expect(invitations).toHaveLength(MANY);
    expect(wordsOf(await clinic.sender.again(card))).not.toContain('stopped');
  });
});

describe('What Twilio has and no carrier yet is called back', () => {
  let clinic: Clinic;
  /** Twilio has all of it, and passes on one text a second. */
  const handedOver = async (): Promise<SandboxMessage> => {
    const before = (await clinic.box.records()).length;
    const card = await clinic.sends({ template: 'Long', groups: ['Everyone'] });
    await until('all of it at Twilio', async () => (await clinic.box.records()).length === before + MANY);
    return card;
  };

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.box.twilioSettings({ rate: 2 });
    await clinic.importPatients(patients(MANY));
    await clinic.template({ name: 'Long', text: 'Hi {{ first_name }}, a word from {{ clinic_name }}.' });
  });
  afterAll(() => clinic.close());

  test('Cancel: the card counts what the phones have as sent, and the rest as not sent', async () => {
    const card = await handedOver();
    await clinic.sender.presses('Cancel', await clinic.shows(card, 'sent: “Long”'));
    const sent = (await atRest(clinic)).length;
    expect(sent).toBeLessThan(MANY / 2);
    await clinic.shows(card, new RegExp(`Canceled, ${sent} of ${MANY} sent[\\s\\S]*${MANY - sent} canceled`));
  });

  test('a text that Twilio does not give back is counted as sent', async () => {
    await clinic.box.twilioSettings({ cancelOnlyScheduled: true });
    const before = (await clinic.received()).length;
    const card = await handedOver();
    await clinic.sender.presses('Cancel', await clinic.shows(card, 'sent: “Long”'));
    await clinic.box.twilioSettings({ rate: 100 });
    await clinic.shows(card, `Canceled, ${MANY} of ${MANY} sent`);
    await clinic.box.twilioSettings({ rate: 2, cancelOnlyScheduled: false });
    expect(await clinic.received()).toHaveLength(before + MANY);
  });

  test('Pause: it waits again, and goes out once when the send is resumed', async () => {
    const before = (await clinic.received()).length;
    const card = await handedOver();
    await clinic.sender.types('/outreach pause', CHANNELS.outreach);
    await clinic.sender.reads(
      /paused\. Nothing more goes out until somebody resumes it\. \d+ texts were handed over already/,
      {
        channel: CHANNELS.outreach,
      },
    );
    await clinic.shows(card, /Paused, [\s\S]*\d+ waiting/);
    expect((await atRest(clinic)).length).toBeLessThan(before + MANY / 2);
    await clinic.box.twilioSettings({ rate: 100 });
    await clinic.sender.presses('Resume', await clinic.sender.again(card));
    await clinic.shows(card, `Done, ${MANY} of ${MANY} sent`);
    expect(await clinic.received()).toHaveLength(before + MANY);
    await clinic.box.twilioSettings({ rate: 2 });
  });

  test('after Stop all it comes back into the queue, and goes out once when sending is resumed', async () => {
    const before = (await clinic.received()).length;
    const card = await handedOver();
    await clinic.admin.types('/outreach pause all', CHANNELS.outreach);
    await clinic.shows(card, /\d+ waiting/);
    expect((await atRest(clinic)).length).toBeLessThan(before + MANY / 2);
    await clinic.box.twilioSettings({ rate: 100 });
    await clinic.admin.types('/outreach resume all', CHANNELS.outreach);
    await clinic.shows(card, `Done, ${MANY} of ${MANY} sent`);
    expect(await clinic.received()).toHaveLength(before + MANY);
  });
});

/** What the phones have, once nothing comes any more. */
async function atRest(clinic: Clinic): Promise<readonly unknown[]> {
  let last = -1;
  return until('the phones to rest', async () => {
    const received = await clinic.received();
    const rests = received.length === last;
    last = received.length;
    await new Promise((resolve) => setTimeout(resolve, 800));
    return rests && received;
  });
}
