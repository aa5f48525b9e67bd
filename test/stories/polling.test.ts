import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

describe('A clinic that can open no port polls Twilio', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ env: { TWILIO_INBOUND: 'poll' }, socketMode: true });
    await clinic.importPatients(patients(3));
    await clinic.template({ name: 'Poll', text: 'Hi {{ first_name }}, do you come?', replies: 'YES, NO' });
  });
  afterAll(() => clinic.close());

  test('texts go out without a callback address, and their end is asked for', async () => {
    await clinic.post('/twilio/control/phone', { number: phoneOf(3), kind: 'landline' });
    const card = await clinic.sends({ template: 'Poll', groups: ['Everyone'] });
    await clinic.box.phone(phoneOf(1)).receives('do you come?');
    await clinic.shows(card, '3 of 3 sent');
    expect((await clinic.box.records()).map(({ statusCallback }) => statusCallback)).toEqual([null, null, null]);
    await clinic.box.advanceClock(25_000);
    await clinic.shows(card, /Done, 3 of 3 sent[\s\S]*2 delivered, 1 failed/);
  });

  test('replies come, each once, and STOP counts', async () => {
    await clinic.box.phone(phoneOf(1)).texts('Is it cold there?');
    const head = await clinic.thread('Is it cold there?');
    await clinic.box.phone(phoneOf(2)).texts('please stop texting me');
    await clinic.thread(/Pat2 R\.[\s\S]*Opted out/);
    const replies = (await clinic.inThread(head)).filter(({ isBot }) => isBot);
    expect(replies).toHaveLength(1);
  });

  test('a picture comes, too: Twilio is asked where it is', async () => {
    const picture = { contentType: 'image/png', content: Buffer.from('a picture of a foot') };
    await clinic.box.phone(phoneOf(1)).texts('Look at it', [picture]);
    const head = await clinic.thread('Look at it');
    const file = await until('the picture', async () =>
      (await clinic.inThread(head)).flatMap(({ files }) => files).find(({ name }) => name.endsWith('.png')),
    );
    expect((await clinic.responder.opens(file)).toString()).toBe('a picture of a foot');
  });

  test('an answer in a thread is texted, and marked when its end is known', async () => {
    const head = await clinic.thread('Look at it');
    const answer = await clinic.answers(head, 'Bring a coat');
    await clinic.box.phone(phoneOf(1)).receives('Bring a coat');
    await clinic.marked(answer, 'hourglass_flowing_sand');
    await clinic.box.advanceClock(25_000);
    await clinic.marked(answer, 'white_check_mark');
    expect(head.channel).toBe(CHANNELS.replies);
  });
});
