import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic, type SendWords } from '../support/clinic';
import { patients } from '../support/patient-rows';

const HOUR = 3_600_000;

describe('A send that waits can be changed, and what was approved is what goes', () => {
  let clinic: Clinic;
  const requests = async (): Promise<SandboxMessage[]> =>
    (await clinic.reviewer.sees()).messages.filter(
      ({ channel, threadTs, ephemeralFor }) =>
        channel === CHANNELS.approvals && threadTs === undefined && ephemeralFor === undefined,
    );
  const presses = async (label: string, card: SandboxMessage): Promise<SandboxMessage> => {
    const before = (await requests()).length;
    await clinic.sender.presses(label, card);
    return until('the request', async () => (await requests())[before]);
  };
  const asks = async (words: Partial<SendWords> = {}): Promise<{ card: SandboxMessage; request: SandboxMessage }> => {
    const card = await clinic.send({ template: 'Flu shots', groups: ['Ward'], ...words });
    return { card, request: await presses(words.startAt === undefined ? 'Send now' : 'Schedule', card) };
  };
  const inHours = async (hours: number): Promise<Date> => new Date((await clinic.box.now()).getTime() + hours * HOUR);
  /** The card of the send that was made with the form just now. */
  const newCard = async (submit: () => Promise<unknown>): Promise<SandboxMessage> => {
    const before = (await clinic.sender.sees()).messages.length;
    await submit();
    return until('a new card', async () =>
      (await clinic.sender.sees()).messages.slice(before).find((one) => wordsOf(one).includes('would get')),
    );
  };

  beforeAll(async () => {
    clinic = await openClinic({ env: { APPROVAL_THRESHOLD: '2', LARGE_SEND_THRESHOLD: '100' } });
    await clinic.importPatients(patients(3).map((row) => ({ ...row, groups: 'Ward' })));
    await clinic.template({ name: 'Flu shots', text: '{{ clinic_name }}: flu shots on Friday.' });
  });
  afterAll(() => clinic.close());

  test('Change on an approved one: its approval is void, at its time nothing goes, and the changed one is asked for anew', async () => {
    const startAt = await inHours(2);
    const { card, request } = await asks({ startAt });
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.sender.presses('Change', await clinic.shows(card, /^3 patients get[^]*Starts/));
    expect(wordsIn((await clinic.sender.modal()).view)).toContain('its approval is void');
    const changed = await newCard(() => clinic.sender.submits({ 'What is not sent by closing time': 'is not sent' }));
    await clinic.shows(card, 'Nothing was sent.');
    await clinic.shows(request, 'Canceled: nothing to decide any more', clinic.reviewer);
    await clinic.reviewer.reads('changed this send. Nothing of it goes out', { threadTs: request.ts });
    const again = await presses('Schedule', changed);
    expect(wordsOf(again)).not.toContain('approved by');
    await clinic.box.moveClockTo(new Date(startAt.getTime() + 60_000));
    await clinic.shows(changed, 'Nothing is sent yet');
    expect(await clinic.received()).toEqual([]);
    await clinic.reviewer.reacts('white_check_mark', again);
    await clinic.shows(changed, 'Done, 3 of 3 sent');
    expect(await clinic.received()).toHaveLength(3);
  });

  test('a template that is edited meanwhile changes nothing of it, and the card says so', async () => {
    const { card, request } = await asks({ startAt: await inHours(1) });
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.sender.types('/outreach template edit flu shots', CHANNELS.outreach);
    await clinic.sender.submits({ Text: '{{ clinic_name }}: flu shots on Monday.' });
    await clinic.shows(card, 'Version 1 goes, as it was asked for; to send version 2, press');
    await clinic.box.advanceClock(HOUR + 60_000);
    await clinic.shows(card, 'Done, 3 of 3 sent');
    expect((await clinic.received()).filter(({ body }) => body.includes('Monday'))).toEqual([]);
  });

  test('one that begins while the form is open is not changed, and nobody gets both', async () => {
    const { card, request } = await asks({ startAt: await inHours(1) });
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.sender.presses('Change', await clinic.shows(card, /^3 patients get/));
    await clinic.sender.modal();
    await clinic.box.advanceClock(HOUR + 60_000);
    await clinic.shows(card, 'Done, 3 of 3 sent');
    const before = (await clinic.received()).length;
    await clinic.sender.submits({ [await clinic.label('Start at')]: await inHours(1) });
    await clinic.sender.reads('This send has gone on meanwhile', { channel: clinic.sender.direct });
    expect(await clinic.received()).toHaveLength(before);
  });

  test('after ❌ it is changed and asked for again, with what was filled in', async () => {
    const { card, request } = await asks();
    await clinic.reviewer.reacts('x', request);
    await clinic.sender.presses('Change and ask again', await clinic.shows(card, 'Rejected, nothing sent'));
    const again = await presses('Send now', await newCard(() => clinic.sender.submits({})));
    await clinic.shows(card, 'Rejected, nothing sent');
    await clinic.reviewer.reacts('white_check_mark', again);
    await clinic.shows(again, 'Approved and sent', clinic.reviewer);
  });

  test('other marks, and ✅ elsewhere, decide nothing', async () => {
    const before = (await clinic.received()).length;
    const { card, request } = await asks();
    const talk = { channel: CHANNELS.approvals, threadTs: request.ts };
    const ts = await clinic.admin.says('Looks good to me.', talk);
    await clinic.reviewer.reacts('white_check_mark', { ...request, ts });
    await clinic.reviewer.reacts('white_check_mark', card);
    for (const name of ['+1', '+1::skin-tone-3', 'heavy_check_mark', 'ok_hand', 'negative_squared_cross_mark'])
      await clinic.reviewer.reacts(name, request);
    await clinic.reviewer.says('✅ approved', talk);
    await clinic.box.advanceClock(60_000);
    await clinic.shows(request, 'React with ✅ to approve', clinic.reviewer);
    expect(await clinic.received()).toHaveLength(before);
    await clinic.sender.presses('Cancel', await clinic.shows(card, 'Nothing is sent yet'));
    await clinic.shows(card, 'Nothing was sent.');
  });

  test('approved at night it waits for the opening, and until then the ✅ can be taken back', async () => {
    const before = (await clinic.received()).length;
    const day = (await clinic.box.now()).toISOString().slice(0, 10);
    await clinic.box.moveClockTo(new Date(Date.parse(`${day}T00:00:00Z`) + 27 * HOUR));
    const { card, request } = await asks();
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(card, /^3 patients get[^]*Starts .*7:00 AM EST/);
    await clinic.reviewer.reacts('white_check_mark', request, true);
    await clinic.shows(card, 'Nothing is sent yet');
    await clinic.box.advanceClock(10 * HOUR);
    await clinic.shows(card, 'Nothing is sent yet');
    expect(await clinic.received()).toHaveLength(before);
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(card, 'Done, 3 of 3 sent');
  });

  test('what was put on the card and taken back again while the app was down counts as nothing', async () => {
    const before = (await clinic.received()).length;
    const { card, request } = await asks({ startAt: await inHours(1) });
    await clinic.reviewer.reacts('white_check_mark', request);
    await clinic.shows(request, 'Approved: waits for its time', clinic.reviewer);
    await clinic.stopApp();
    await clinic.reviewer.reacts('white_check_mark', request, true);
    await clinic.box.advanceClock(HOUR + 60_000);
    await clinic.startApp();
    await clinic.shows(card, 'Nothing is sent yet');
    expect(await clinic.received()).toHaveLength(before);
  });
});
