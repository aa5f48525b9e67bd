/** Admins read what Slack's and Twilio's terms ask of clinics: once each, also who becomes one later. */
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { openClinic } from '../support/clinic';

test('told to each admin in their DM, and after a restart and a day not again', async () => {
  const clinic = await openClinic({ troubled: true });
  const { admin, sender } = clinic;
  const notices = async (by = admin) =>
    (await by.sees()).messages.filter((message) => wordsOf(message).includes('if your clinic falls under HIPAA'));
  const [notice] = await until('the notice', async () => {
    const found = await notices();
    return found.length > 0 && found;
  });
  expect(notice!.channel).toBe(admin.direct);
  expect(wordsOf(notice!)).toMatch(/Enterprise plan and a signed BAA[\s\S]*not for messaging patients[\s\S]*Twilio/);
  await until('the row', async () => clinic.audit().some(({ action }) => action === 'notice.give'));
  await clinic.stopApp();
  await clinic.startApp();
  await sender.types('/outreach help', 'C0GENERAL');
  await clinic.box.advanceClock(24 * 3_600_000);
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(await notices()).toHaveLength(1);
  expect(await notices(sender)).toEqual([]);
  const given = () => clinic.audit().filter(({ action }) => action === 'notice.give');
  expect(given()).toHaveLength(1);
  await clinic.stopApp();
  await clinic.startApp({ ADMINS: `${admin.id},${sender.id}` });
  await until('the notice', async () => (await notices(sender)).length > 0);
  await clinic.stopApp();
  await clinic.startApp({ ADMINS: `${sender.id},${admin.id}` });
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect([(await notices()).length, (await notices(sender)).length, given().length]).toEqual([1, 1, 2]);
  await clinic.close();
}, 60_000);
