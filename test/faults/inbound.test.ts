import type { Fault, SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { FaultClinic } from '../support/faults/fault-clinic';
import { faultPlan, Random } from '../support/faults/random';
import { phoneOf } from '../support/seed';

const REPLIES = 'C0REPLIES';
/** What Slack does to some of the calls. */
const TROUBLES: readonly Fault[] = [
  { kind: '429', retryAfterSeconds: 1 },
  { kind: '500' },
  { kind: 'hang' },
  { kind: 'drop_after' },
  { kind: 'drop_before' },
];
/** To which calls: posting most of all, and looking whether a post stands. */
const METHODS = [
  ...['chat.postMessage', 'chat.postMessage', 'chat.postMessage', 'chat.update', 'reactions.add'],
  ...['conversations.replies', 'conversations.history'],
];
const PHONES = 4;
const KILLS = faultPlan.isLong ? faultPlan.rounds : 2;

let clinic: FaultClinic;
afterEach(() => clinic.close());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Each phone writes once between one kill and the next. */
const bodyOf = (kill: number, phone: number): string => `Question ${kill} of phone ${phone}, please call me`;

const answerOf = (kill: number): string => `Answer ${kill} of staff`;

/** Somebody of the staff answers the first phone, if its thread stands by then. @returns whether they did */
async function staffAnswer(kill: number): Promise<boolean> {
  const responder = clinic.box.staff('responder');
  const head = (await responder.sees()).messages.find(
    (message) =>
      message.isBot && message.channel === REPLIES && isHead(message) && wordsOf(message).includes('phone 0'),
  );
  if (head) await responder.says(answerOf(kill), { channel: REPLIES, threadTs: head.ts });
  return head !== undefined;
}

const isHead = ({ threadTs, ts, deleted }: SandboxMessage): boolean =>
  !deleted && (threadTs === undefined || threadTs === ts);

/** @returns whether staff answered in it */
async function liveAndDie(kill: number, random: Random): Promise<boolean> {
  for (let faults = 0; faults < 4; faults += 1) {
    const fault = random.pick(TROUBLES);
    await clinic.box.fault('slack', { method: random.pick(METHODS), fault, times: random.between(1, 2) });
  }
  const death = pause(random.between(200, 2_500)).then(() => clinic.app.kill());
  const answering = pause(random.between(0, 2_500)).then(() => staffAnswer(kill));
  for (let phone = 0; phone < PHONES; phone += 1) {
    await clinic.box.phone(phoneOf(phone)).texts(bodyOf(kill, phone));
    await pause(random.between(0, 400));
  }
  await death;
  await clinic.app.ended();
  return answering;
}

test.each(faultPlan.seeds)(
  'whatever dies while patients reply and staff answer, every reply stands in Slack once, in order, and every answer is texted once (FAULT_SEED=%i)',
  async (seed) => {
    const random = new Random(seed);
    clinic = await FaultClinic.open();
    const answers: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      await clinic.app.start();
      if (kill === 0) await clinic.introduceToSlack();
      if (await liveAndDie(kill, random)) answers.push(answerOf(kill));
    }
    await clinic.box.endFaults('slack');
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
      30_000 + KILLS * 30_000,
    );
    const [stored] = clinic.rows<{ n: number }>(`SELECT count(*) AS n FROM Message WHERE direction = 'INBOUND'`);
    expect(stored?.n).toBe(total);

    const { messages } = await clinic.box.staff('responder').sees();
    const posts = messages.filter(({ channel, isBot, deleted }) => channel === REPLIES && isBot && !deleted);
    const inThreads = posts.filter((post) => !isHead(post));
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
    const ofPatients = inThreads.filter((post) => /Question \d+ of phone/.test(wordsOf(post)));
    expect(ofPatients).toHaveLength(total);

    const reached = async (): Promise<string[]> =>
      (await clinic.box.phone(phoneOf(0)).received()).filter((body) => body.startsWith('Answer'));
    await until(
      'what staff wrote to reach the patient',
      async () => (await reached()).length >= answers.length,
      60_000,
    );
    expect([...(await reached())].sort()).toEqual([...answers].sort());
  },
  faultPlan.isLong ? 1_800_000 : 180_000,
);
