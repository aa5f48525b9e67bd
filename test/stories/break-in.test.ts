/** What no client sends: too large, malformed, stale, to places that are none. It is answered shortly, and nothing comes of it. */
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import twilio from 'twilio';
import { until } from '../../src/sandbox/driver/http';
import { type Clinic, openClinic } from '../support/clinic';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic({ troubled: true });
  // The only thing that the app writes by itself.
  await until('the notice', async () => clinic.audit().some(({ action }) => action === 'notice.give'));
}, 30_000);
afterAll(() => clinic.close());

const MEGABYTE = 1024 * 1024;
const FORM = 'application/x-www-form-urlencoded';

interface Answered {
  readonly status: number;
  readonly text: string;
}

const answered = async (answer: Response): Promise<Answered> => ({ status: answer.status, text: await answer.text() });

/** Signed as Slack signs. */
async function toSlack(body: string, type: string): Promise<Answered> {
  const time = String(Math.floor(Date.now() / 1_000));
  const hmac = createHmac('sha256', clinic.sandbox.credentials.slackSigningSecret).update(`v0:${time}:${body}`);
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': time,
    'x-slack-signature': `v0=${hmac.digest('hex')}`,
  };
  return answered(await fetch(`${clinic.address}/slack/events`, { method: 'POST', headers, body }));
}

/** Signed as Twilio signs. */
async function toTwilio(path: string, params: Record<string, string>): Promise<Answered> {
  const address = `${clinic.address}${path}`;
  const { twilioAuthToken } = clinic.sandbox.credentials;
  const signature = twilio.getExpectedTwilioSignature(twilioAuthToken, address, params);
  const headers = { 'content-type': FORM, 'x-twilio-signature': signature };
  return answered(await fetch(address, { method: 'POST', headers, body: new URLSearchParams(params).toString() }));
}

/** Bytes as they are; the first line of the answer. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(clinic.address).port), '127.0.0.1', () => socket.end(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
    socket.on('error', reject);
  });

const isUnchanged = async (work: () => Promise<void>): Promise<void> => {
  const before = JSON.stringify(clinic.rows());
  await work();
  expect(JSON.stringify(clinic.rows())).toBe(before);
};

test('bodies that are too large are refused before they are looked at, whoever sends them', () =>
  isUnchanged(async () => {
    expect((await toSlack('x'.repeat(5 * MEGABYTE), 'application/json')).status).toBe(413);
    const unsigned = { method: 'POST', body: 'x'.repeat(5 * MEGABYTE) };
    expect((await fetch(`${clinic.address}/slack/events`, unsigned)).status).toBe(413);
    expect((await fetch(`${clinic.address}/twilio/inbound`, unsigned)).status).toBe(413);
    expect((await toTwilio('/twilio/status', { MessageSid: 'SM1', MessageStatus: 'x'.repeat(MEGABYTE) })).status).toBe(
      413,
    );
  }));

test.each([
  ['half an object', '{"type":"event_callback","event":{', 'application/json'],
  ['no JSON', 'null', 'application/json'],
  ['nested without end', '['.repeat(200_000) + ']'.repeat(200_000), 'application/json'],
  ['objects in objects', '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000), 'application/json'],
  ['a payload that is none', `payload=${encodeURIComponent('{"type":')}`, FORM],
  ['a payload that is a number', 'payload=1', FORM],
  ['broken escapes', 'payload=%ZZ%&%%%=%', FORM],
  ['a prototype', '{"__proto__":{"type":"event_callback"},"constructor":{"prototype":{}}}', 'application/json'],
  ['an event without any of its parts', '{"type":"event_callback","event":{"type":"message"}}', 'application/json'],
  [
    'a press without any of its parts',
    `payload=${encodeURIComponent('{"type":"block_actions","actions":[{}]}')}`,
    FORM,
  ],
])('signed by Slack, and %s: an answer, no stack, and nothing changed', (_what, body, type) =>
  isUnchanged(async () => {
    const { status, text } = await toSlack(body, type);
    expect([200, 400, 401]).toContain(status);
    expect(text).not.toMatch(/at .*\(|node_modules|Error:/);
  }),
);

let presses = 0;
const interact = (parts: object): Promise<Answered> => {
  const whole = {
    team: { id: 'T0CLINIC' },
    user: { id: clinic.sender.id },
    trigger_id: `7.${(presses += 1)}`,
    ...parts,
  };
  return toSlack(`payload=${encodeURIComponent(JSON.stringify(whole))}`, FORM);
};
const GENERAL = 'C0GENERAL';
const button = (action: object): object => ({
  type: 'block_actions',
  actions: [{ type: 'button', block_id: 'b', ...action }],
});

test.each([
  ['a press without an action', button({})],
  ['a press of nothing', { type: 'block_actions', actions: [] }],
  ['a press of a word', { type: 'block_actions', actions: 'x' }],
  ['a press by nobody', { ...button({ action_id: 'conversation_take' }), user: null }],
  ['a form without a form', { type: 'view_submission' }],
  ['a form without what was typed', { type: 'view_submission', view: { id: 'V1', callback_id: 'send_form' } }],
  ['a kind that is none', { type: 'moon_landing' }],
  ['no kind', {}],
])('signed by Slack, and senseless: %s is 400 at once', (_what, parts) =>
  isUnchanged(async () => expect(await interact(parts)).toMatchObject({ status: 400, text: '' })),
);

test.each([
  ['[]', 400],
  ['{}', 400],
  ['{"type":"event_callback","event":null}', 400],
  ['{"type":"event_callback","event":{"type":"moon_landing"},"team_id":"T0CLINIC"}', 200],
  ['{"type":"event_callback","event":{"type":"reaction_added","reaction":"x"},"team_id":"T0CLINIC"}', 200],
  ['{"type":"url_verification"}', 400],
])('signed by Slack, as an event: %s is %i', (body, status) =>
  isUnchanged(async () => expect((await toSlack(body, 'application/json')).status).toBe(status)),
);

describe('What another version of the app has shown', () => {
  const old = 'CareThread has changed since this was shown';
  const form = (values: object) => ({
    type: 'view_submission',
    view: { id: 'V1', callback_id: 'old', state: { values } },
  });

  test('a button in a message, and one in a place without a channel: whoever presses is told', async () => {
    const message = { channel: { id: GENERAL }, message: { ts: '1.1' }, container: { type: 'message' } };
    expect((await interact({ ...button({ action_id: 'old' }), ...message })).status).toBe(200);
    expect((await clinic.sender.reads(old, { channel: GENERAL })).ephemeralFor).toBe(clinic.sender.id);
    expect((await interact(button({ action_id: 'old' }))).status).toBe(200);
    await clinic.sender.reads(old, { channel: clinic.sender.direct });
  });

  test('a form: it stays open with what was typed, or says so itself when there is no field', async () => {
    const typed = await interact(form({ name_block: { input: { type: 'plain_text_input', value: 'Flu' } } }));
    expect(JSON.parse(typed.text)).toMatchObject({
      response_action: 'errors',
      errors: { name_block: expect.stringContaining(old) as string },
    });
    expect(JSON.parse((await interact(form({}))).text)).toMatchObject({ response_action: 'update' });
    expect((await interact({ type: 'view_closed', view: { callback_id: 'old' } })).status).toBe(200);
  });

  test('a shortcut, a menu and a command of other names: answered in words, at once', async () => {
    for (const type of ['shortcut', 'message_action'])
      expect(await interact({ type, callback_id: 'old', response_url: '' })).toMatchObject({ status: 200 });
    await clinic.sender.reads('This shortcut is not CareThread’s', { channel: clinic.sender.direct });
    expect((await interact({ type: 'block_suggestion', action_id: 'old', value: '' })).text).toBe('{"options":[]}');
    const command = new URLSearchParams({
      command: '/old',
      user_id: clinic.sender.id,
      channel_id: GENERAL,
      team_id: 'T0CLINIC',
    });
    expect((await toSlack(command.toString(), FORM)).text).toContain('Type /outreach help');
  });
});

test.each(['', 'null', '{"type":', '{}', 'payload=%7B%7D'])(
  'unsigned, to Slack’s address (%j): not let in',
  async (body) => {
    const { status } = await fetch(`${clinic.address}/slack/events`, { method: 'POST', body });
    expect([400, 401]).toContain(status);
  },
);

test.each([
  ['/twilio/inbound', {}],
  ['/twilio/inbound', { Body: 'nobody' }],
  ['/twilio/status', { MessageSid: 'SM1' }],
  ['/twilio/status?attempt=%E0%A4%A', { MessageSid: 'SM1' }],
  ['/twilio/inbound', { __proto__: 'x', MessageSid: '' }],
])('signed by Twilio, and not what it sends (%s): 400', (path, params) =>
  isUnchanged(async () => {
    expect(await toTwilio(path, params as Record<string, string>)).toMatchObject({ status: 400 });
  }),
);

test.each([
  ['GET /slack/events HTTP/1.1', '404'],
  ['DELETE /twilio/inbound HTTP/1.1', '404'],
  ['POST // HTTP/1.1', '404'],
  ['POST //twilio/inbound HTTP/1.1', '404'],
  ['POST /twilio/inbound/../../healthz HTTP/1.1', '404'],
  ['POST http://example.org/twilio/inbound HTTP/1.1', '404'],
  ['GET /media/..%2f..%2f.env HTTP/1.1', '404'],
  ['GET /%00 HTTP/1.1', '404'],
  ['TRACE /healthz HTTP/1.1', '404'],
  ['CONNECT example.org:443 HTTP/1.1', ''],
  ['nothing of the kind', '400'],
])('%s', async (line, status) => {
  expect(await raw(`${line}\r\nHost: clinic\r\nConnection: close\r\n\r\n`)).toContain(status);
});

test('a trial on one machine is called by either name of the machine, and by no other', async () => {
  const { port } = new URL(clinic.address);
  const { twilioAuthToken } = clinic.sandbox.credentials;
  const params = { MessageSid: 'SM0', MessageStatus: 'sent' };
  const called = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const signature = twilio.getExpectedTwilioSignature(twilioAuthToken, `http://${host}/twilio/status`, params);
      const headers = { host, 'content-type': FORM, 'x-twilio-signature': signature };
      request(`${clinic.address}/twilio/status`, { method: 'POST', headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end(new URLSearchParams(params).toString());
    });
  expect(await called(`localhost:${port}`)).toBe(204);
  expect(await called(`clinic.example.org:${port}`)).toBe(403);
});

test('a signature in two headers, or of another length, is refused', async () => {
  const body = 'MessageSid=SM1&From=%2B16175552001&Body=STOP';
  const head = `POST /twilio/inbound HTTP/1.1\r\nHost: clinic\r\nConnection: close\r\nContent-Type: ${FORM}\r\nContent-Length: ${body.length}\r\n`;
  expect(await raw(`${head}X-Twilio-Signature: a\r\nX-Twilio-Signature: b\r\n\r\n${body}`)).toContain('403');
  expect(await raw(`${head}X-Twilio-Signature: ${'a'.repeat(5_000)}\r\n\r\n${body}`)).toContain('403');
  expect(await raw(`${head}X-Twilio-Signature: é\r\n\r\n${body}`)).toContain('403');
});

test('what a browser is told of every answer', async () => {
  for (const path of ['/', '/healthz', '/twilio/inbound']) {
    const { headers } = await fetch(`${clinic.address}${path}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toMatch(/deny|sameorigin/i);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});
