import { createHmac } from 'node:crypto';
import twilio from 'twilio';
import { until } from '../../src/sandbox/driver/http';
import { type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

interface Health {
  readonly ok: boolean;
  readonly database: string;
  readonly slack: string;
  readonly twilio: string;
  readonly worker: boolean;
  readonly queue: { readonly queued: number };
}

describe('The app as a service', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ troubled: true });
    await clinic.importPatients(patients(8));
    await clinic.template({ name: 'Short', text: 'Hi {{ first_name }}' });
  });
  afterAll(() => clinic.close());

  const text = (sid: string, body: string) => ({
    MessageSid: sid,
    From: phoneOf(1),
    To: clinic.sandbox.credentials.twilioFrom,
    Body: body,
    NumMedia: '0',
  });
  const webhook = (params: Record<string, string>, signature: string): Promise<Response> =>
    fetch(`${clinic.address}/twilio/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: new URLSearchParams(params).toString(),
    });
  const signed = (params: Record<string, string>): string =>
    twilio.getExpectedTwilioSignature(
      clinic.sandbox.credentials.twilioAuthToken,
      `${clinic.address}/twilio/inbound`,
      params,
    );

  describe('hears only Twilio and Slack', () => {
    test('a text that Twilio delivers twice is shown once', async () => {
      const params = text('SM00000000000000000000000000000001', 'Twice told');
      for (let times = 0; times < 3; times += 1) {
        const answer = await webhook(params, signed(params));
        expect(answer.status).toBe(200);
        expect(await answer.text()).toContain('<Response></Response>');
      }
      const head = await clinic.thread('Twice told');
      const next = text('SM00000000000000000000000000000002', 'And then');
      await webhook(next, signed(next));
      await clinic.responder.reads('And then', { threadTs: head.ts });
      expect(await clinic.inThread(head)).toHaveLength(2);
    });

    test('the name that Twilio had for a message’s id before is as good', async () => {
      const { MessageSid: SmsSid, ...rest } = text('SM00000000000000000000000000000009', 'By its older name');
      const params = { SmsSid, ...rest };
      expect((await webhook(params, signed(params))).status).toBe(200);
      await clinic.thread('By its older name');
    });

    test('what Twilio takes for STOP by a word of the clinic’s own is an opt-out here as well', async () => {
      const params = { ...text('SM00000000000000000000000000000300', 'ARRET'), From: phoneOf(7), OptOutType: 'STOP' };
      await webhook(params, signed(params));
      await clinic.thread(/Pat7 R\.[\s\S]*Opted out: cannot be texted/);
      const again = { ...text('SM00000000000000000000000000000301', 'ENCORE'), From: phoneOf(7), OptOutType: 'START' };
      await webhook(again, signed(again));
      await clinic.thread(/Pat7 R\.[\s\S]*Wants texts again/);
    });

    test('one that comes ten times at once is kept once; whatever stands in it, it has its thread', async () => {
      const odd = ['NUL \u0000 inside', 'half \ud83d of one', '', '{"a":[1]}'];
      const all = odd.map((body, nth) => text(`SM000000000000000000000000000001${String(nth).padStart(2, '0')}`, body));
      const strangers = ['12345', 'whatsapp:+16175550199', 'TWILIO'].map((From, nth) => ({
        ...text(`SM000000000000000000000000000002${String(nth).padStart(2, '0')}`, `From ${From.slice(-4)}`),
        From,
      }));
      const answers = await Promise.all(
        [...all, ...strangers].flatMap((params) => Array.from({ length: 10 }, () => webhook(params, signed(params)))),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      await until('all of them to be worked on', () => {
        const inbound = clinic.rows().Message as { sid: string | null; processedAt: unknown }[];
        const ours = inbound.filter(({ sid }) => sid?.startsWith('SM00000000000000000000000000000') === true);
        return Promise.resolve(
          ours.filter(({ sid, processedAt }) => /0[12]\d\d$/.test(sid ?? '') && processedAt !== null).length ===
            all.length + strangers.length,
        );
      });
      expect(clinic.errors).toEqual([]);
    });

    test('a webhook with a wrong signature, or none, is refused and nothing is kept of it', async () => {
      const params = text('SM00000000000000000000000000000003', 'Let me in');
      expect((await webhook(params, signed({ ...params, Body: 'Something else' }))).status).toBe(403);
      expect((await webhook(params, '')).status).toBe(403);
      const genuine = text('SM00000000000000000000000000000004', 'It is me');
      await webhook(genuine, signed(genuine));
      const head = await clinic.thread('It is me');
      expect(JSON.stringify(await clinic.inThread(head))).not.toContain('Let me in');
    });

    const slackEvent = (at: number, secret = clinic.sandbox.credentials.slackSigningSecret): Promise<Response> => {
      const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
      const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
      return fetch(`${clinic.address}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-slack-request-timestamp': String(at),
          'x-slack-signature': signature,
        },
        body,
      });
    };

    test('a request of Slack’s is taken with a fresh signature, and refused with a stale or a wrong one', async () => {
      const now = Math.floor(Date.now() / 1000);
      expect((await slackEvent(now)).status).toBe(200);
      expect((await slackEvent(now - 10 * 60)).status).toBe(401);
      expect((await slackEvent(now, 'somebody else’s secret')).status).toBe(401);
    });

    test('nothing else is served', async () => {
      expect((await fetch(`${clinic.address}/`)).status).toBe(404);
      expect((await fetch(`${clinic.address}/twilio/inbound`)).status).toBe(404);
    });
  });

  describe('says how it is', () => {
    const health = async (): Promise<{ status: number; body: Health }> => {
      const answer = await fetch(`${clinic.address}/healthz`);
      return { status: answer.status, body: (await answer.json()) as Health };
    };

    test('/healthz: 200, with the state of database, Slack, Twilio and queue', async () => {
      const { body } = await until('Slack and Twilio to be asked', async () => {
        const read = await health();
        return read.body.slack === 'ok' && read.body.twilio === 'ok' && read;
      });
      expect(body).toMatchObject({ ok: true, database: 'ok', worker: true, queue: { queued: 0 } });
      expect((await health()).status).toBe(200);
    });

    test('/metrics: numbers for Prometheus', async () => {
      const answer = await fetch(`${clinic.address}/metrics`);
      expect(answer.headers.get('content-type')).toContain('text/plain');
      const metrics = await answer.text();
      expect(metrics).toContain('carethread_messages_queued 0');
      expect(metrics).toContain('carethread_worker 1');
      expect(metrics).not.toContain(phoneOf(1).slice(1));
    });
  });

  test('a stop lets calls under way finish: after the next start everybody has the text once', async () => {
    await clinic.box.twilioSettings({ latencyMs: 400 });
    const card = await clinic.sends({ template: 'Short', groups: ['Everyone'] });
    await until('a call to be under way', async () => (await clinic.box.records()).some(({ to }) => to === phoneOf(1)));
    await clinic.stopApp();
    const left = (await clinic.box.records()).filter(({ direction }) => direction === 'outbound-api').length;
    await expect(fetch(`${clinic.address}/healthz`)).rejects.toThrow();
    await clinic.box.twilioSettings({ latencyMs: 0 });
    await clinic.startApp();
    // What Twilio reported meanwhile is asked for, once it has been silent for a while.
    await clinic.box.advanceClock(30_000);
    await clinic.shows(card, 'Done, 8 of 8 sent');
    expect(left).toBeGreaterThan(0);
    const received = (await clinic.received()).filter(({ body }) => body.startsWith('Hi Pat'));
    expect(received).toHaveLength(8);
    expect(new Set(received.map(({ number }) => number)).size).toBe(8);
  });
});
