import { createHmac } from 'node:crypto';
import type { SandboxMessage } from '../../src/sandbox/contract';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, patients } from '../support/patient-rows';

/** Slack says the same in more than one way, and less than it might: what it does say is enough. */
describe('Events that say little', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic();
  });
  afterAll(() => clinic.close());

  const posts = async (body: string, type: string): Promise<void> => {
    const time = String(Math.floor(Date.now() / 1_000));
    const hmac = createHmac('sha256', clinic.sandbox.credentials.slackSigningSecret).update(`v0:${time}:${body}`);
    const headers = {
      'content-type': type,
      'x-slack-request-timestamp': time,
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
    };
    expect((await fetch(`${clinic.address}/slack/events`, { method: 'POST', headers, body })).status).toBe(200);
  };

  const tells = (event: object, id: string): Promise<void> =>
    posts(JSON.stringify({ type: 'event_callback', team_id: 'T0CLINIC', event_id: id, event }), 'application/json');

  /** Where no file is read by itself. The event says that it was dropped with some message elsewhere. */
  const put = async (name: string, channel: string): Promise<{ fileId: string; ts: string }> => {
    const content = Buffer.from(csvOf(patients(2)));
    const message = await clinic.sender.drops({ name, content }, CHANNELS.outreach);
    const { files } = await clinic.sender.again({ channel: CHANNELS.outreach, ts: message.ts });
    return { fileId: files[0]?.id ?? '', ts: await clinic.sender.says('Here they are', { channel }) };
  };

  const cardOf = (name: string, channel: string): Promise<SandboxMessage> =>
    until(`a card of ${name}`, async () =>
      (await clinic.sender.sees()).messages.find(
        (message) => message.isBot && message.channel === channel && JSON.stringify(message.blocks).includes(name),
      ),
    );

  test('a message with a file is read without a subtype, and the file has its name from Slack', async () => {
    const { fileId, ts } = await put('plain.csv', CHANNELS.imports);
    const event = { type: 'message', channel: CHANNELS.imports, user: clinic.sender.id, ts };
    await tells({ ...event, files: [{ id: fileId }] }, 'Ev1');
    await cardOf('plain.csv', CHANNELS.imports);
  });

  test('a file in the DM is read without a channel_type, and where Slack says that no bot dropped it', async () => {
    const { fileId, ts } = await put('direct.csv', clinic.sender.direct);
    const event = { type: 'message', subtype: 'file_share', channel: clinic.sender.direct, user: clinic.sender.id };
    await tells({ ...event, ts, bot_id: null, files: [{ id: fileId, name: 'direct.csv' }] }, 'Ev1');
    await cardOf('direct.csv', clinic.sender.direct);
  });

  test.each([
    ['none', {}],
    ['one that takes nothing any more', { response_url: 'used' }],
  ])('a command is answered where Slack has given no address for answers, or %s', async (_which, address) => {
    const before = (await clinic.sender.sees()).messages.length;
    const url = 'response_url' in address ? { response_url: `${clinic.sandbox.address}/slack/response/used` } : {};
    const command = { command: '/outreach', text: 'help', user_id: clinic.sender.id, channel_id: CHANNELS.outreach };
    const body = new URLSearchParams({ ...command, ...url, trigger_id: `1.2.${before}` }).toString();
    await posts(body, 'application/x-www-form-urlencoded');
    await until('the answer', async () =>
      (await clinic.sender.sees()).messages
        .slice(before)
        .find(({ text, ephemeralFor }) => text.includes('What you can do') && ephemeralFor === clinic.sender.id),
    );
  });
});
