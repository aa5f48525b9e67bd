/** Whoever does something leaves a row: who, what, on whom, before and after; and no text, name or number in it. */
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { SandboxMessage } from '../../src/sandbox/contract';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { auditWords } from '../../src/domain/audit-words';
import { type AuditLine, CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, patients, phoneOf } from '../support/patient-rows';

let clinic: Clinic;
let seen = 0;
const COUNT = 6;
const EVENING = '2026-11-25T03:10:00Z';
const QUESTION = 'Is the juice safe with my pills?';
const CHANGED = 'before';

type Wanted = Partial<Omit<AuditLine, 'detail'>> & { readonly detail?: Record<string, unknown> };

/** The next row of an action since the last that was looked at, as it is wanted. */
const leaves = async (action: string, by: string, { detail, ...wanted }: Wanted = {}): Promise<AuditLine> => {
  const row = await until(`a row for ${action}`, async () =>
    clinic.audit().find((one) => one.id > seen && one.action === action && one.actor === by),
  );
  expect(row).toMatchObject(wanted);
  if (detail) expect(JSON.parse(row.detail)).toMatchObject(detail);
  return row;
};
const next = (): void => {
  seen = clinic.audit().length;
};
const changes = (before: object, after: object) => ({ detail: { [CHANGED]: before, after } });

const answerTo = async (words: string, by: Person): Promise<SandboxMessage> => {
  const before = (await by.sees()).messages.length;
  await by.types(`/outreach ${words}`, CHANNELS.outreach);
  return until(`an answer to ${words}`, async () =>
    (await by.sees()).messages.slice(before).find(({ ephemeralFor }) => ephemeralFor === by.id),
  );
};
const command = (...words: string[]) =>
  promisify(execFile)(process.execPath, [resolve('dist/app/index.js'), ...words], {
    env: { ...process.env, DATABASE_URL: clinic.databaseUrl },
  });

beforeAll(async () => {
  clinic = await openClinic({ env: { APPROVAL_THRESHOLD: '5', LARGE_SEND_THRESHOLD: '100' } });
});
afterAll(() => clinic.close());
beforeEach(next);

test('files of patients: dropped, canceled, confirmed, undone; and each patient whom a file opts out', async () => {
  const { sender } = clinic;
  const rows = patients(COUNT);
  const canceled = await clinic.drops(csvOf(rows.slice(0, 1)), 'not-this.csv');
  await leaves('import.start', sender.id, { subject: 'import:1' });
  await sender.presses('Cancel', canceled);
  await leaves('import.cancel', sender.id, { subject: 'import:1' });
  await clinic.importPatients([...rows.slice(0, 5), { ...rows[5]!, optedOut: 'yes' }]);
  await leaves('import.apply', sender.id, { subject: 'import:2', detail: { added: COUNT } });
  const row = await leaves('phone.opt_out', sender.id, changes({ optedOut: false }, { optedOut: true }));
  expect(row).toMatchObject({ subject: `patient:${row.patientId}` });
  expect(JSON.parse(row.detail)).toMatchObject({ importId: 2 });
  next();
  // Said again by the next file, it is nothing new; said of somebody else, it is.
  const again = await clinic.importPatients([
    { ...rows[5]!, optedOut: 'yes', groups: 'Others' },
    { ...rows[4]!, optedOut: 'yes', groups: 'Others' },
  ]);
  await leaves('phone.opt_out', sender.id);
  expect(clinic.audit().filter(({ action }) => action === 'phone.opt_out')).toHaveLength(2);
  await sender.presses('Undo', await sender.again(again));
  await leaves('import.undo', sender.id, { subject: 'import:3', detail: { restored: 2 } });
});

test('templates: written, changed, archived, brought back', async () => {
  const { sender } = clinic;
  await clinic.template({ name: 'Word', text: 'Hi {{ first_name }}, please come', replies: 'YES | Thank you' });
  await leaves('template.save', sender.id, { subject: 'template:1', ...changes({ version: null }, { version: 1 }) });
  next();
  await sender.types('/outreach template edit Word', CHANNELS.outreach);
  await sender.submits({ Text: 'Hi {{ first_name }}, please come soon' });
  await leaves('template.save', sender.id, changes({ version: 1 }, { version: 2 }));
  await sender.types('/outreach template archive Word', CHANNELS.outreach);
  await leaves('template.archive', sender.id, changes({ archived: false }, { archived: true }));
  await sender.types('/outreach template restore Word', CHANNELS.outreach);
  await leaves('template.restore', sender.id, { subject: 'template:1' });
});

test('sends: prepared, asked for, rejected with why, approved, stopped, finished; and the files of them', async () => {
  const { sender, reviewer, admin } = clinic;
  await clinic.importPatients(patients(3).map((row) => ({ ...row, groups: 'Few' })));
  await clinic.importPatients([...patients(3), { ...patients(7)[6]! }, { ...patients(8)[7]! }]);
  const no = await clinic.send({ template: 'Word', groups: ['Everyone'] });
  await leaves('campaign.create', sender.id, { subject: 'campaign:1', campaignId: 1 });
  await leaves('campaign.freeze', 'app', { campaignId: 1 });
  await sender.presses('CSV: opted out (2)', no);
  await leaves('campaign.left_out.download', sender.id, { detail: { count: 2 } });
  await sender.presses('Send now', no);
  const waits = changes({ state: 'DRAFT' }, { state: 'AWAITING_APPROVAL' });
  await leaves('campaign.ask_for_approval', sender.id, { campaignId: 1, ...waits });
  const request = await clinic.approvalCard();
  await reviewer.reacts('x', request);
  await leaves('campaign.reject', reviewer.id, { campaignId: 1 });
  const asked = await reviewer.reads('Please write here why', { channel: CHANNELS.approvals, threadTs: request.ts });
  await reviewer.says('The wrong day', { channel: asked.channel, threadTs: request.ts });
  await leaves('campaign.reject_reason', reviewer.id, { campaignId: 1 });

  const yes = await clinic.send({ template: 'Word', groups: ['Everyone'] });
  await sender.presses('Send now', yes);
  await clinic.approve();
  await leaves('campaign.approve', reviewer.id, { campaignId: 2 });
  await clinic.shows(yes, 'Done');
  await leaves('campaign.finish', 'app', { campaignId: 2, ...changes({ state: 'RUNNING' }, { state: 'DONE' }) });
  await sender.presses('Download results', await sender.again(yes));
  await leaves('campaign.download', sender.id, { campaignId: 2, detail: { count: 6 } });

  await admin.types('/outreach stop', CHANNELS.outreach);
  await leaves('sending.stop_all', admin.id, changes({ sending: 'running' }, { sending: 'stopped' }));
  await clinic.template({ name: 'Other', text: 'Hi {{ first_name }}, once more' });
  const third = await clinic.sends({ template: 'Other', groups: ['Few'] });
  await leaves('campaign.start', sender.id, { campaignId: 3 });
  await sender.types('/outreach pause 3', CHANNELS.outreach);
  await leaves('campaign.pause', sender.id, { ...changes({ state: 'RUNNING' }, { state: 'PAUSED' }) });
  await sender.types('/outreach resume 3', CHANNELS.outreach);
  await leaves('campaign.resume', sender.id, { campaignId: 3 });
  await sender.types('/outreach cancel 3', CHANNELS.outreach);
  await leaves('campaign.cancel', sender.id, { campaignId: 3 });
  await clinic.shows(third, /canceled/i);
  await admin.types('/outreach resume all', CHANNELS.outreach);
  await leaves('sending.resume_all', admin.id, changes({ sending: 'stopped' }, { sending: 'running' }));
});

test('conversations: opened, taken, answered, resolved; texts outside the window; what the app answers by itself', async () => {
  const { responder } = clinic;
  await clinic.box.phone(phoneOf(2)).texts('Yes');
  await clinic.box.phone(phoneOf(2)).receives('Thank you');
  await leaves('conversation.auto_text', 'app');
  await clinic.box.phone(phoneOf(1)).texts(QUESTION);
  const head = await clinic.thread(QUESTION);
  await responder.presses('Take', head);
  await leaves('conversation.take', responder.id, changes({ takenBy: null }, { takenBy: responder.id }));
  await clinic.marked(await clinic.answers(head, 'Yes, quite safe'), 'white_check_mark');
  await leaves('conversation.text', responder.id);
  await responder.presses('Resolve', await responder.again(head));
  await leaves('conversation.resolve', responder.id, changes({ state: 'WAITING' }, { state: 'RESOLVED' }));
  await answerTo('text 1003', responder);
  await leaves('conversation.open', responder.id);
  await responder.submits({ Text: 'Are you well?' });
  await clinic.box.moveClockTo(new Date(EVENING));
  const late = await clinic.answers(head, 'One more thing');
  await clinic.marked(late, 'hourglass_flowing_sand');
  await responder.presses('Send now', await responder.reads('outside texting hours', { threadTs: head.ts }));
  await responder.submits({ 'Why?': 'Cannot wait' });
  await leaves('conversations.sendNow', responder.id, { detail: { reason: 'Cannot wait' } });
  await clinic.marked(late, 'white_check_mark');
});

test('who wants no texts: by their own word, by staff, and undone', async () => {
  const { responder, admin } = clinic;
  await clinic.box.phone(phoneOf(2)).texts('STOP');
  await leaves('phone.opt_out', 'patient', changes({ optedOut: false }, { optedOut: true }));
  await clinic.box.phone(phoneOf(2)).texts('START');
  await leaves('phone.opt_in', 'patient', changes({ optedOut: true }, { optedOut: false }));
  next();
  await responder.presses('Opt out', await answerTo('patient 1003', responder));
  await leaves('phone.opt_out', responder.id, changes({ optedOut: false }, { optedOut: true }));
  next();
  const head = await clinic.thread(QUESTION);
  await responder.presses('Opt out', head);
  const { subject } = await leaves('phone.opt_out', responder.id);
  await admin.presses('Undo opt-out', await clinic.shows(head, 'Opted out: cannot be texted', admin));
  await admin.submits({ 'Why?': 'It was a mistake' });
  const undone = changes({ optedOut: true }, { optedOut: false });
  await leaves('phone.undo_opt_out', admin.id, { subject, detail: { ...undone.detail, reason: 'It was a mistake' } });
});

test('patients: looked behind the mask, changed, put into groups, exported, erased', async () => {
  const { responder, sender, admin } = clinic;
  const card = await answerTo('patient 1004', responder);
  await responder.presses('Reveal', card);
  await responder.submits({ 'Why do you need the full name and number?': 'to call back' });
  const { patientId } = await leaves('patient.reveal', responder.id, { detail: { reason: 'to call back' } });
  await responder.presses('Edit', card);
  await responder.submits({ 'Mobile number': '617-555-2998', Language: 'es' });
  await leaves('patient.edit', responder.id, { patientId, ...changes({ language: null }, { language: 'es' }) });
  await sender.presses('Add to group', await answerTo('patient 1004', sender));
  await sender.submits({ Groups: ['Everyone'], 'A new group': 'Tuesday' });
  await leaves('patient.groups', sender.id, { patientId });
  await admin.presses('Export data', await answerTo('patient 1004', admin));
  await leaves('patient.export', admin.id, { patientId });
  await admin.presses('Erase', await answerTo('patient 1004', admin));
  await admin.submits({ 'Why?': 'asked in writing' });
  await leaves('patient.erase', admin.id, { patientId, detail: { reason: 'asked in writing' } });
});

test('groups: made, renamed, merged, emptied, deleted', async () => {
  const { sender } = clinic;
  await answerTo('groups new "Spring"', sender);
  const { subject } = await leaves('group.create', sender.id);
  await answerTo('groups rename "Spring" to "Autumn"', sender);
  await leaves('group.rename', sender.id, { subject, ...changes({ name: 'Spring' }, { name: 'Autumn' }) });
  await sender.presses('Merge these groups', await answerTo('groups merge "Autumn" into "Few"', sender));
  await leaves('group.merge', sender.id, { subject });
  await sender.presses('Empty this group', await answerTo('groups empty "Few"', sender));
  await leaves('group.empty', sender.id, { detail: { patients: 3 } });
  await sender.presses('Delete this group', await answerTo('groups delete "Few"', sender));
  await leaves('group.delete', sender.id);
});

test('settings, files for people’s eyes, checks and copies', async () => {
  const { admin } = clinic;
  await admin.presses('Change texting hours', await answerTo('settings', admin));
  await admin.submits({ Hours: '08:00-20:00' });
  await leaves('settings.texting_hours', admin.id, { subject: 'settings' });
  await admin.presses('Change replies', await answerTo('settings', admin));
  await admin.submits({ 'Emergency words': 'chest pain' });
  const row = await leaves('settings.conversations', admin.id);
  expect(Object.keys(JSON.parse(row.detail) as object)).toEqual([CHANGED, 'after']);
  await admin.presses('Download CSV', await answerTo('responses', admin));
  await leaves('responses.download', admin.id);
  await admin.presses('Download CSV', await answerTo('audit today', admin));
  await leaves('audit.download', admin.id);
  await command('backup', join(clinic.databaseUrl.slice('file:'.length), '..', 'copy.db'));
  await leaves('database.backup', `cli:${userInfo().username}`, { subject: 'database' });
}, 60_000);

test('every row is in plain words, none holds a text, a name or a number, and the chain holds', async () => {
  const rows = clinic.audit();
  for (const { action, actor } of rows) {
    expect([action, auditWords(action, actor)]).not.toEqual([action, action.replace(/[._]/g, ' ')]);
  }
  expect(JSON.stringify(rows)).not.toMatch(
    /Rivera|Pat\d|617.?555|juice|quite safe|One more thing|Are you well|please come|The wrong day/,
  );
  const { stdout } = await command('audit', 'verify');
  expect(stdout).toContain(`whole: ${rows.length} rows`);
});
