import { createClock } from '../../../src/sandbox/clock';
import type { ClockReading } from '../../../src/sandbox/contract';
import { startSandbox } from '../../../src/sandbox/start';
import type { Sandbox } from '../../../src/sandbox/start';

const START = new Date('2026-12-03T20:58:00Z');

describe('the clock', () => {
  test('starts where it is told, goes on, and moves forward only', () => {
    const clock = createClock(START);
    expect(clock.now().getTime() - START.getTime()).toBeLessThan(1000);
    clock.moveTo(new Date('2026-12-04T07:00:00Z'));
    expect(clock.now().toISOString()).toMatch(/^2026-12-04T07:00:00/);
    expect(() => clock.moveTo(START)).toThrow('forward');
    expect(() => clock.moveTo(new Date('nonsense'))).toThrow('not a time');
  });

  test('tells those who listen, until they stop', () => {
    const clock = createClock(START);
    let moves = 0;
    const stop = clock.onMove(() => (moves += 1));
    clock.moveTo(new Date('2026-12-04T07:00:00Z'));
    stop();
    clock.moveTo(new Date('2026-12-05T07:00:00Z'));
    expect(moves).toBe(1);
  });
});

describe('over HTTP', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ startAt: START });
  });

  afterAll(() => sandbox.close());

  const move = (body: object): Promise<Response> =>
    fetch(sandbox.env['CLOCK_URL'] ?? '', { method: 'POST', body: JSON.stringify(body) });

  test('it is read, moved by a time or a length, and not turned back', async () => {
    const reading = (await (await fetch(`${sandbox.address}/clock`)).json()) as ClockReading;
    expect(new Date(Date.now() + reading.offsetMs).toISOString().slice(0, 15)).toBe(START.toISOString().slice(0, 15));
    expect(await (await move({ now: '2026-12-04T07:00:00Z' })).json()).toMatchObject({
      now: expect.stringMatching(/^2026-12-04T07:00:00/),
    });
    expect(await (await move({ advanceMs: 3_600_000 })).json()).toMatchObject({
      now: expect.stringMatching(/^2026-12-04T08:00:0/),
    });
    expect((await move({ now: START.toISOString() })).status).toBe(409);
    expect((await move({})).status).toBe(400);
  });

  test('a stream gives a reading at once, and one for every move, before the move is answered', async () => {
    const response = await fetch(`${sandbox.address}/clock/stream`);
    let text = '';
    void (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
    })().catch(() => undefined);
    await move({ advanceMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const readings = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as ClockReading);
    expect(readings).toHaveLength(2);
    expect((readings[1]?.offsetMs ?? 0) - (readings[0]?.offsetMs ?? 0)).toBeGreaterThan(59_000);
  });

  test('the environment holds what the app needs, an app token only in Socket Mode', async () => {
    expect(Object.keys(sandbox.env).sort()).toEqual(
      [
        'ADMINS CHANNEL_APPROVALS CHANNEL_IMPORTS CHANNEL_REPLIES CLOCK_URL RESPONDERS REVIEWERS SENDERS SLACK_API_URL',
        'SLACK_BOT_TOKEN SLACK_SIGNING_SECRET TWILIO_ACCOUNT_SID TWILIO_API_URL TWILIO_AUTH_TOKEN TWILIO_FROM',
      ].flatMap((line) => line.split(' ')),
    );
    const other = await startSandbox({ socketMode: true });
    expect(other.env['SLACK_APP_TOKEN']).toMatch(/^xapp-/);
    await other.close();
  });
});
