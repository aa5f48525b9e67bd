import type { Fault, SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { FaultClinic } from '../support/faults/fault-clinic';
import { faultPlan, Random } from '../support/faults/random';
import { phoneOf } from '../support/seed';

const REPLIES = 'C0REPLIES';
/** What Slack does to some of the posts. */
const TROUBLES: readonly Fault[] = [
  { kind: '429', retryAfterSeconds: 1 },
  { kind: '500' },
  { kind: 'hang' },
  { kind: 'drop_after' },
  { kind: 'drop_before' },
];
const PHONES = 4;
const KILLS = faultPlan.isLong ? 5 : 2;

let clinic: FaultClinic;
afterEach(() => clinic.close());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Each phone writes once between one kill and the next. */
const bodyOf = (kill: number, phone: number): string => `Question ${kill} of phone ${phone}, please call me`;

async function liveAndDie(kill: number, random: Random): Promise<void> {
  await clinic.box.fault('slack', { method: 'chat.postMessage', fault: random.pick(TROUBLES), times: 2 });
  await clinic.box.fault('slack', { method: 'chat.postMessage', fault: random.pick(TROUBLES), times: 1 });
  const death = pause(random.between(200, 2_500)).then(() => clinic.app.kill());
  for (let phone = 0; phone < PHONES; phone += 1) {
    await clinic.box.phone(phoneOf(phone)).texts(bodyOf(kill, phone));
    await pause(random.between(0, 400));
  }
  await death;
  await clinic.app.ended();
}

test.each(faultPlan.seeds)(
  'whatever dies while patients reply, every reply is on disk once and stands in Slack once, in order (FAULT_SEED=%i)',
  async (seed) => {
    const random = new Random(seed);
    clinic = await FaultClinic.open();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await clinic.app.start();
      if (kill === 0) await clinic.introduceToSlack();
      await liveAndDie(kill, random);
    }
    await clinic.app.start();
    const total = KILLS * PHONES;
    await until(
      'all of it to stand in Slack',
      () => {
        const [inbound] = clinic.rows<{ n: number }>(
          `SELECT count(*) AS n FROM Message WHERE direction = 'INBOUND' AND processedAt IS NOT NULL`,
        );
        const [behind] = clinic.rows<{ n: number }>('SELECT count(*) AS n FROM Post WHERE posted < wanted');
        return Promise.resolve(inbound?.n === total && behind?.n === 0);
      },
      90_000,
    );
    const [stored] = clinic.rows<{ n: number }>(`SELECT count(*) AS n FROM Message WHERE direction = 'INBOUND'`);
    expect(stored?.n).toBe(total);

    const { messages } = await clinic.box.staff('responder').sees();
    const posts = messages.filter(({ channel, isBot, deleted }) => channel === REPLIES && isBot && !deleted);
    const inThreads = posts.filter(({ threadTs, ts }) => threadTs !== undefined && threadTs !== ts);
    const heads = posts.filter((post) => !inThreads.includes(post));
    expect(heads).toHaveLength(PHONES);
    const tsOf = (kill: number, phone: number): string => {
      const found = inThreads.filter((post: SandboxMessage) => wordsOf(post).includes(bodyOf(kill, phone)));
      expect([bodyOf(kill, phone), found.length]).toEqual([bodyOf(kill, phone), 1]);
      return found[0]!.ts;
    };
    for (let phone = 0; phone < PHONES; phone += 1) {
      const order = Array.from({ length: KILLS }, (_, kill) => Number(tsOf(kill, phone)));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
    expect(inThreads).toHaveLength(total);
  },
  180_000,
);
