import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../src/sandbox/driver/http';
import { ACTIONS, VIEWS } from '../../src/slack/blocks/action-ids';
import { SUBCOMMANDS } from '../../src/slack/listeners/subcommands';
import { type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

/** A member of the workspace who has no role at all. */
const NOBODY = 'U0NOBODY1';

/** A button's value where an id alone would not be one. */
const VALUES: Readonly<Partial<Record<keyof typeof ACTIONS, string>>> = {
  reveal: 'patient:1',
  leftOutDownload: '{"campaignId":1,"reason":"opted_out"}',
  auditNewer: '{"page":0}',
  auditOlder: '{"page":1}',
  auditDownload: '{"page":0}',
  responsesPage: '{"campaignId":null,"filter":"all","page":0}',
  groupsBack: '{"page":0,"words":""}',
  groupsOn: '{"page":1,"words":""}',
  groupConfirm: '{"what":"delete","groupId":1,"intoId":null,"members":2}',
  responsesDownload: '{"campaignId":null,"filter":"all","page":0}',
};

/** Choices within a window that is open already: they act on the window alone, and its submission is refused. */
const IN_WINDOWS: readonly string[] = [
  ...['templateTyped', 'templateAddLanguage', 'templatePlain', 'libraryTopic', 'libraryCopy', 'templatePreview'],
];

/** What everybody may read: no patient's data is in it. */
const FOR_EVERYBODY = ['help', 'settings'];

const COMMANDS: Readonly<Record<string, string>> = {
  template: 'template list',
  pause: 'pause 1',
  resume: 'resume 1',
  cancel: 'cancel 1',
  text: 'text 1001',
  patient: 'patient 1001',
  groups: 'groups delete Everyone',
};

describe('Who has no role', () => {
  let clinic: Clinic;
  let slack: Server;
  let responseUrl: string;
  /** What was answered, by response_url. */
  const told = new Map<string, string>();
  let count = 0;

  beforeAll(async () => {
    clinic = await openClinic();
    // The only thing that the app writes by itself.
    await until('the notice', async () => clinic.audit().some(({ action }) => action === 'notice.give'));
    await clinic.importPatients(patients(2));
    await clinic.template({ name: 'Word', text: 'Hi {{ first_name }}' });
    await clinic.send({ template: 'Word', groups: ['Everyone'] });
    await clinic.box.phone(phoneOf(1)).texts('Is there parking?');
    await clinic.thread('Is there parking?');
    slack = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        told.set(request.url ?? '', body);
        response.end('ok');
      });
    });
    await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
    responseUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    slack.close();
    await clinic.close();
  });

  /** As Slack delivers it, signed. */
  const deliver = async (form: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams(form).toString();
    const time = String(Math.floor(Date.now() / 1000));
    const secret = clinic.sandbox.credentials.slackSigningSecret;
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;
    const answer = await fetch(`${clinic.address}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': time,
        'x-slack-signature': signature,
      },
      body,
    });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const interaction = (fields: object): Promise<string> =>
    deliver({
      payload: JSON.stringify({
        team: { id: 'T0TEAM' },
        user: { id: NOBODY, team_id: 'T0TEAM' },
        api_app_id: 'A0',
        token: 'x',
        trigger_id: `1.${(count += 1)}`,
        ...fields,
      }),
    });
  const refused = (path: string): Promise<string> =>
    until(`an answer to ${path}`, () => Promise.resolve(told.get(path)));
  const REFUSAL = /Only [a-z, ]+ (?:may|decide) /;

  test.each(Object.keys(SUBCOMMANDS).filter((name) => !FOR_EVERYBODY.includes(name)))(
    '/outreach %s is refused and changes nothing',
    async (name) => {
      const before = clinic.rows();
      const command = { command: '/outreach', text: COMMANDS[name] ?? name, trigger_id: `2.${(count += 1)}` };
      const place = {
        user_id: NOBODY,
        channel_id: 'C0GENERAL',
        team_id: 'T0TEAM',
        response_url: `${responseUrl}/command/${name}`,
      };
      await deliver({ ...command, ...place });
      expect(await refused(`/command/${name}`)).toMatch(REFUSAL);
      expect(clinic.rows()).toEqual(before);
    },
  );

  const buttons = (Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]).filter((name) => !IN_WINDOWS.includes(name));
  test.each(buttons)('the button %s is refused and changes nothing', async (name) => {
    const before = clinic.rows();
    const action = {
      type: 'button',
      action_id: `${ACTIONS[name]}${name === 'leftOutDownload' ? '_opted_out' : ''}`,
      block_id: 'b',
      value: VALUES[name] ?? '1',
    };
    await interaction({
      type: 'block_actions',
      container: { type: 'message', message_ts: '1.1', channel_id: 'C0GENERAL' },
      channel: { id: 'C0GENERAL', name: 'general' },
      message: { ts: '1.1' },
      response_url: `${responseUrl}/button/${name}`,
      actions: [{ ...action, action_ts: '1.2' }],
    });
    expect(await refused(`/button/${name}`)).toMatch(REFUSAL);
    expect(clinic.rows()).toEqual(before);
  });

  // The library has nothing to submit.
  const forms = (Object.keys(VIEWS) as (keyof typeof VIEWS)[]).filter((name) => name !== 'library');
  test.each(forms)('the form %s changes nothing', async (name) => {
    const before = clinic.rows();
    const metadata = {
      patientId: 1,
      templateId: 1,
      importId: 1,
      groupId: 1,
      members: 2,
      target: 'patient:1',
      before: [],
    };
    const view = { id: `V${name}`, type: 'modal', callback_id: VIEWS[name], hash: '1.a', state: { values: FILLED } };
    const answer = await interaction({
      type: 'view_submission',
      view: { ...view, private_metadata: JSON.stringify(metadata), blocks: [] },
    });
    expect(answer).not.toMatch(/Rivera|617555/);
    expect(clinic.rows()).toEqual(before);
  });
});

/** What would pass the checks of forms, as far as they have any. */
const typed = (value: string) => ({ input: { type: 'plain_text_input', value } });
const FILLED = {
  reveal_reason: typed('to see'),
  patient_firstName: typed('Eve'),
  group_name: typed('Theirs'),
  group_into: typed('Theirs'),
  patient_new_group: typed('Mine'),
  template_name: typed('Theirs'),
  template_text: typed('Hello'),
  hours_week: typed('00:00-23:59'),
};
