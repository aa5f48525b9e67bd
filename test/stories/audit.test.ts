import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

describe('The record', () => {
  let clinic: Clinic;
  const ask = async (words: string, by: Person = clinic.admin): Promise<SandboxMessage> => {
    const before = (await by.sees()).messages.length;
    await by.types(`/outreach audit ${words}`, CHANNELS.outreach);
    return until(`an answer to audit ${words}`, async () =>
      (await by.sees()).messages.slice(before).find(({ ephemeralFor }) => ephemeralFor === by.id),
    );
  };
  const actions = (): string[] => clinic.audit().map(({ action }) => action);

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.importPatients(patients(3));
    await clinic.template({ name: 'Word', text: 'Hi {{ first_name }}', replies: 'YES' });
    const card = await clinic.sends({ template: 'Word', groups: ['Everyone'] });
    await clinic.shows(card, 'Done, 3 of 3 sent');
    await clinic.box.phone(phoneOf(1)).texts('Is it safe?');
    const head = await clinic.thread('Is it safe?');
    await clinic.responder.presses('Take', head);
    const answer = await clinic.answers(head, 'Yes it is');
    await clinic.marked(answer, 'white_check_mark');
    await clinic.responder.presses('Resolve', head);
    await clinic.box.phone(phoneOf(2)).texts('STOP');
    await until('the opt-out', async () => actions().includes('phone.opt_out'));
  });
  afterAll(() => clinic.close());

  test('says in plain words who did what, and never a text, a name or a number', async () => {
    const words = wordsOf(await ask(''));
    expect(words).toContain(`<@${clinic.sender.id}> *imported patients*  ·  import 1`);
    expect(words).toContain(`<@${clinic.sender.id}> *started a send*  ·  send 1`);
    expect(words).toContain('the app *finished a send*');
    expect(words).toContain(`<@${clinic.responder.id}> *took a conversation*`);
    expect(words).toContain('patient *asked for no more texts*');
    expect(words).not.toMatch(/Rivera|617555|Is it safe|Yes it is|Hi Pat/);
    expect(JSON.stringify(clinic.audit())).not.toMatch(/Rivera|617555|Is it safe|Yes it is|Hi Pat/);
  });

  test.each([
    ['by a person', () => `@${clinic.responder.id}`, ['conversation', 'texted a patient'], ['import']],
    ['by a person, as Slack escapes them', () => `<@${clinic.sender.id}|nora>`, ['imported patients'], ['took']],
    ['by a patient', () => 'patient 1002', ['asked for no more texts'], ['imported', 'took']],
    ['by a patient’s number', () => `patient ${phoneOf(1)}`, ['took a conversation', 'texted a patient'], ['no more']],
    ['by send', () => 'send 1', ['started a send'], ['template', 'took']],
    ['by day', () => '2026-11-23', ['Nothing like that is on the record'], ['imported']],
    ['by today', () => 'today', ['imported'], []],
    ['by action', () => 'import', ['imported patients'], ['send 1']],
    ['by several', () => `template @${clinic.sender.id} today`, ['saved a template'], ['imported']],
  ])('%s', async (_what, words, there, notThere) => {
    const shown = wordsOf(await ask(words())).split('To see less')[0];
    for (const part of there) expect(shown).toContain(part);
    for (const part of notThere) expect(shown).not.toContain(part);
  });

  test('a patient who is none, or several, and a day that is none are told', async () => {
    expect(wordsOf(await ask('patient Rivera'))).toContain('Several patients match');
    expect(wordsOf(await ask('patient Zzz'))).toContain('Nobody is found by that');
    expect(wordsOf(await ask('2026-02-30'))).toContain('is not a day');
  });

  test('pages, and comes back', async () => {
    for (let times = 0; times < 12; times += 1) {
      await clinic.responder.types('/outreach text 1003', CHANNELS.outreach);
    }
    await until('the rows', async () => actions().filter((action) => action === 'conversation.open').length >= 12);
    const page = await ask('');
    await clinic.admin.presses('Older', page);
    const older = await clinic.shows(page, 'Page 2', clinic.admin);
    expect(wordsOf(older)).toContain('imported patients');
    await clinic.admin.presses('Newer', older);
    await clinic.shows(page, 'Page 1', clinic.admin);
  });

  test('is downloaded by the one who asks, which is on the record itself', async () => {
    await clinic.admin.presses('Download CSV', await ask('send 1'));
    const message = await until('the file', async () =>
      (await clinic.admin.sees()).messages.find(({ files }) =>
        files.some(({ name }) => name === 'audit-2026-11-24.csv'),
      ),
    );
    expect(message.channel).toBe(clinic.admin.direct);
    expect(clinic.audit().at(-1)).toMatchObject({ action: 'audit.download', actor: clinic.admin.id, subject: 'audit' });
    expect(clinic.audit().at(-1)?.detail).toContain('"campaignId":1');
  });

  test('only admins read it', async () => {
    for (const person of [clinic.sender, clinic.reviewer, clinic.responder]) {
      expect(wordsOf(await ask('', person))).toContain('Only admins may read the audit log');
    }
  });

  test('what the sender let expire at closing time is on it, with how many', async () => {
    await clinic.box.moveClockTo(new Date('2026-11-25T01:59:30Z'));
    await clinic.sends({ template: 'Word', groups: ['Everyone'], atClose: 'is not sent' });
    await clinic.box.moveClockTo(new Date('2026-11-25T02:00:05Z'));
    const row = await until('the row', async () =>
      clinic.audit().find(({ action }) => action === 'campaign.expire_texts'),
    );
    expect(row).toMatchObject({ actor: 'app', campaignId: 2 });
    expect(JSON.parse(row.detail)).toMatchObject({ texts: expect.any(Number) as number });
  });
});
