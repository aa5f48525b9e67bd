import fc from 'fast-check';
import { applyReports } from '../../../../src/usecases/messages/apply-reports';
import { sweepStatuses } from '../../../../src/usecases/messages/sweep-statuses';
import { Dispatcher } from '../../../../src/usecases/messages/dispatcher';
import { recallUnsent } from '../../../../src/usecases/messages/recall-unsent';
import { Settler, WAITING_MS } from '../../../../src/usecases/messages/settle-uncertain';
import type { SendOutcome, SmsRequest } from '../../../../src/usecases/ports';
import { type Held, openClinic, type TestClinic } from '../../../support/messages/clinic';

/**
 * Any interleaving of what can happen to texts, against one law that patients would notice: nobody has a text more often
 * than it was meant for them. Two equal 1-to-1 texts to one number are among them, for they are told apart by nothing.
 */
const ANA = '+16172000001';
const BEN = '+16172000002';

const TAKEN_THEN = ['accepted', 'unknown', 'hangs'] as const;
const NOT_TAKEN = ['lost', 'busy', 'full'] as const;
type Fate = (typeof TAKEN_THEN)[number] | (typeof NOT_TAKEN)[number];

const BUSY: SendOutcome = { kind: 'not_sent', retryAfterMs: 1, code: null };
const FULL: SendOutcome = { kind: 'refused', code: 21611 };
const UNKNOWN: SendOutcome = { kind: 'unknown' };

const isGivenBack = ({ status }: Held): boolean => status === 'failed' || status === 'canceled';
const keyOf = ({ to, text }: { to: string; text: string }): string => `${to} ${text}`;

class World {
  /** Answers that have not come yet. */
  private readonly hanging: (() => void)[] = [];
  /** What Twilio will still call back about, late, in any order, again. */
  private readonly news: { sid: string; attemptId: string; status: string; errorCode: number | null }[] = [];
  private readonly settler: Settler;
  /** The newest works; the ones before it sleep, with what they have in hand. */
  private readonly workers: Dispatcher[] = [];
  campaignId = 0;

  constructor(readonly clinic: TestClinic) {
    this.settler = new Settler(clinic.ports);
    this.newWorker();
  }

  newWorker(): void {
    const worker: Dispatcher = new Dispatcher({ ...this.clinic.ports, mayWork: () => this.workers.at(-1) === worker });
    this.workers.push(worker);
  }

  async takeOver(): Promise<void> {
    this.newWorker();
    await this.clinic.store.queue.markSendingUncertain();
  }

  /** The pump sends what it can; calls that hang go on hanging. */
  async dispatch(fates: readonly Fate[]): Promise<void> {
    let call = 0;
    this.clinic.twilio.answer = (request) => this.answer(request, fates[call++ % fates.length] ?? 'accepted');
    // What Twilio answered before must not hold this one up: everybody is tried.
    this.clinic.clock.advance(31_000);
    this.workers.at(-1)?.wake();
    await this.rests();
  }

  private answer(request: SmsRequest, fate: Fate): SendOutcome | Promise<SendOutcome> {
    if (fate === 'lost') return UNKNOWN;
    if (fate === 'busy') return BUSY;
    if (fate === 'full') return FULL;
    const answer = this.clinic.twilio.accept(request);
    if (fate === 'accepted') return answer;
    if (fate === 'unknown') return UNKNOWN;
    return new Promise((resolve) => this.hanging.push(() => resolve(answer)));
  }

  /** Until nothing happens any more by itself: longer than results wait to be written. */
  private rests = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 70));

  async answerComes(): Promise<void> {
    this.hanging.shift()?.();
    await this.rests();
  }

  /** Twilio goes on with one of its messages: to the phone, or back to us because its validity ended. */
  goesOn(index: number, to: 'sent' | 'delivered' | 'failed'): void {
    const { held } = this.clinic.twilio;
    const message = held[index % Math.max(1, held.length)];
    if (!message || isGivenBack(message) || message.status === 'delivered') return;
    if (to === 'failed' && message.status !== 'queued') return;
    message.status = to;
    message.errorCode = to === 'failed' ? 30036 : null;
    const { sid, attemptId, status, errorCode } = message;
    this.news.push({ sid, attemptId, status, errorCode });
  }

  async callback(index: number): Promise<void> {
    const news = this.news[index % Math.max(1, this.news.length)];
    if (!news) return;
    await this.clinic.store.reports.add([{ ...news, receivedAt: this.clinic.clock.now() }]);
    await applyReports(this.clinic.ports);
  }

  async settle(): Promise<void> {
    this.clinic.clock.advance(WAITING_MS + 1);
    await this.settler.settle();
    monotonicLead += 5_000;
    await this.settler.settle();
    await applyReports(this.clinic.ports);
  }

  async sweep(): Promise<void> {
    this.clinic.clock.advance(61_000);
    await sweepStatuses(this.clinic.ports);
  }

  async cancel(): Promise<void> {
    const { campaigns } = this.clinic.store;
    await campaigns.move(this.campaignId, { from: 'RUNNING', to: 'CANCELED' });
    await campaigns.cancelQueued(this.campaignId, this.clinic.clock.now());
  }

  /** What Twilio still queues is called back, and waits again. */
  async pause(): Promise<void> {
    await this.clinic.store.campaigns.move(this.campaignId, { from: 'RUNNING', to: 'PAUSED' });
    await recallUnsent(this.clinic.ports);
    await applyReports(this.clinic.ports);
  }

  async resume(): Promise<void> {
    await this.clinic.store.campaigns.move(this.campaignId, { from: 'PAUSED', to: 'RUNNING' });
  }

  async optOut(phone: string): Promise<void> {
    const at = this.clinic.clock.now();
    await this.clinic.store.patients.optOut(phone, { at, via: 'reply' });
    await this.clinic.store.queue.skipQueuedTo(phone, at);
  }

  /** What patients have, or will have from Twilio: by number and text. */
  arrived(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const message of this.clinic.twilio.held)
      if (!isGivenBack(message)) counts.set(keyOf(message), (counts.get(keyOf(message)) ?? 0) + 1);
    return counts;
  }

  /** Twilio is well again, and everything takes its course. */
  async comesToRest(): Promise<void> {
    while (this.hanging.length > 0) await this.answerComes();
    await this.resume();
    for (let round = 0; round < 4; round += 1) {
      await this.sweep();
      await this.settle();
      this.clinic.clock.advance(3_600_000);
      await this.dispatch(['accepted']);
      // The pump may be asleep, because Twilio was in trouble: for a second at most.
      for (let tries = 0; tries < 20 && (await this.clinic.store.queue.count('QUEUED')) > 0; tries += 1)
        await this.rests();
    }
    for (const worker of this.workers) await worker.stop();
  }
}

let monotonicLead = 0;
const real = performance.now.bind(performance);
beforeAll(() => void jest.spyOn(performance, 'now').mockImplementation(() => real() + monotonicLead));
afterAll(() => void jest.restoreAllMocks());

const RUNS = Number(process.env.FAULT_ROUNDS ?? 12);

const fates = fc.array(fc.constantFrom<Fate>(...TAKEN_THEN, ...NOT_TAKEN), { minLength: 1, maxLength: 4 });
const which = fc.nat({ max: 9 });

type Step = (world: World) => Promise<void> | void;
const step = (name: string, run: Step): { name: string; run: Step } => ({ name, run });

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fates.map((list) => step(`dispatch ${list.join(' ')}`, (world) => world.dispatch(list))) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(which, fc.constantFrom('sent', 'delivered', 'failed'))
        .map(([index, to]) => step(`Twilio ${index} ${to}`, (world) => world.goesOn(index, to))),
    },
    { weight: 4, arbitrary: which.map((index) => step(`callback ${index}`, (world) => world.callback(index))) },
    { weight: 3, arbitrary: fc.constant(step('settle', (world) => world.settle())) },
    { weight: 2, arbitrary: fc.constant(step('answer comes', (world) => world.answerComes())) },
    { weight: 2, arbitrary: fc.constant(step('take over', (world) => world.takeOver())) },
    { weight: 1, arbitrary: fc.constant(step('sweep', (world) => world.sweep())) },
    { weight: 1, arbitrary: fc.constant(step('cancel', (world) => world.cancel())) },
    { weight: 2, arbitrary: fc.constant(step('pause', (world) => world.pause())) },
    { weight: 1, arbitrary: fc.constant(step('resume', (world) => world.resume())) },
    { weight: 1, arbitrary: fc.constant(step('Ben opts out', (world) => world.optOut(BEN))) },
  ),
  { minLength: 4, maxLength: 22 },
);

test(
  'whatever happens in whatever order: nobody gets a text twice, none is lost, counts add up to the audience, every SID is stored',
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (happenings) => {
        const clinic = await openClinic();
        try {
          const world = new World(clinic);
          const campaign = await clinic.campaign([ANA, BEN], { text: 'Dose 2' });
          world.campaignId = campaign.id;
          await clinic.text(ANA, 'ok');
          await clinic.text(ANA, 'ok');
          const meant = new Map([
            [`${ANA} Dose 2`, 1],
            [`${BEN} Dose 2`, 1],
            [`${ANA} ok`, 2],
          ]);
          const nobodyHasTooMuch = (): void => {
            for (const [text, times] of world.arrived())
              expect([text, times <= (meant.get(text) ?? 0)]).toEqual([text, true]);
          };
          const audience = async (): Promise<number> =>
            [...(await clinic.store.campaigns.counts(campaign.id)).values()].reduce((sum, count) => sum + count, 0);
          for (const { name, run } of happenings) {
            await run(world);
            nobodyHasTooMuch();
            expect([name, await audience()]).toEqual([name, 2]);
          }
          await world.comesToRest();
          nobodyHasTooMuch();
          expect(await audience()).toBe(2);

          const stopped = happenings.some(({ name }) => name === 'cancel' || name === 'Ben opts out');
          if (!stopped) expect(world.arrived()).toEqual(meant);
          expect(world.arrived().get(`${ANA} ok`)).toBe(2);
          const sids = clinic.twilio.held.map(({ sid }) => sid);
          const known = new Set([
            ...(await clinic.store.messages.knownSids(sids, ANA)),
            ...(await clinic.store.messages.knownSids(sids, BEN)),
          ]);
          expect(sids.filter((sid) => !known.has(sid))).toEqual([]);
          for (const state of ['QUEUED', 'SENDING', 'UNCERTAIN'] as const)
            expect([state, await clinic.store.queue.count(state)]).toEqual([state, 0]);
        } finally {
          await clinic.close();
        }
      }),
      { numRuns: RUNS },
    );
  },
  30_000 + RUNS * 3_000,
);
