import { applyReports } from '../../../../src/usecases/messages/apply-reports';
import { Dispatcher } from '../../../../src/usecases/messages/dispatcher';
import { Settler, WAITING_MS } from '../../../../src/usecases/messages/settle-uncertain';
import type { Tx } from '../../../../src/store/store';
import type { Ports, SendOutcome } from '../../../../src/usecases/ports';
import { openClinic, type TestClinic } from '../../../support/messages/clinic';

const ANA = '+16172000001';
const BEN = '+16172000002';
const UNKNOWN: SendOutcome = { kind: 'unknown' };

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic();
});
afterEach(() => clinic.close());

const dispatcher = (ports: Ports = clinic.ports): Dispatcher => new Dispatcher({ ...ports, mayWork: () => true });

async function dispatch(of = dispatcher()): Promise<void> {
  of.wake();
  await of.idle();
}

async function report(sid: string, attemptId: string | null, status: string, errorCode: number | null = null) {
  await clinic.store.reports.add([{ sid, attemptId, status, errorCode, receivedAt: clinic.clock.now() }]);
  await applyReports(clinic.ports);
}

/** Asks Twilio twice, as far apart as it takes. */
async function settle(settler = new Settler(clinic.ports)): Promise<void> {
  await settler.settle();
  const real = performance.now.bind(performance);
  const later = jest.spyOn(performance, 'now').mockImplementation(() => real() + 5_000);
  await settler.settle();
  later.mockRestore();
}

const queueWith = (changes: Partial<Tx['queue']>): Tx['queue'] =>
  Object.assign(Object.create(clinic.store.queue) as Tx['queue'], changes);

const textsTo = (phone: string): number => clinic.twilio.held.filter(({ to }) => to === phone).length;

describe('what happened meanwhile is not undone by a late result', () => {
  test('a text that Twilio gave back before its answer was heard goes out once more, and only once', async () => {
    const { messages } = await clinic.campaign([ANA]);
    clinic.twilio.answer = async (request) => {
      const { sid } = clinic.twilio.take(request);
      clinic.twilio.answer = (next) => clinic.twilio.accept(next);
      // 30036 comes before our call is answered, and the text is claimed anew by another worker.
      await report(sid, request.attemptId, 'failed', 30036);
      await dispatch();
      return { kind: 'accepted', sid, status: 'queued', errorCode: null };
    };
    await dispatch();
    expect(clinic.twilio.held).toHaveLength(2);
    expect(await clinic.store.messages.byId(messages[0]!)).toMatchObject({
      state: 'SUBMITTED',
      sid: clinic.twilio.held[1]!.sid,
    });
  });

  test('a process that slept through a hand-over does not put back what another one is sending', async () => {
    const { messages } = await clinic.campaign([ANA]);
    const other = dispatcher();
    clinic.twilio.answer = async () => {
      // While this call is in the hands of a process that sleeps, another takes over and sends the text itself.
      await clinic.store.queue.markSendingUncertain();
      clinic.clock.advance(WAITING_MS + 1);
      await settle();
      const sending = new Promise<SendOutcome>((resolve) => {
        clinic.twilio.answer = (request) => {
          setTimeout(() => resolve({ kind: 'not_sent', retryAfterMs: 1, code: null }), 20);
          return new Promise((done) => setTimeout(() => done(clinic.twilio.accept(request)), 300));
        };
      });
      other.wake();
      return sending;
    };
    await dispatch();
    clinic.clock.advance(60_000);
    await dispatch();
    await other.idle();
    expect(textsTo(ANA)).toBe(1);
    expect(await clinic.state(messages[0]!)).toBe('SUBMITTED');
  });

  test('an answer that comes after Twilio was believed not to have the text keeps it from going again', async () => {
    const { messages } = await clinic.campaign([ANA]);
    clinic.twilio.answer = async (request) => {
      const { sid } = clinic.twilio.take(request);
      clinic.twilio.unlisted.add(sid);
      await clinic.store.queue.markSendingUncertain();
      clinic.clock.advance(WAITING_MS + 1);
      await settle();
      clinic.twilio.answer = (next) => clinic.twilio.accept(next);
      return { kind: 'accepted', sid, status: 'queued', errorCode: null };
    };
    const slow = dispatcher();
    slow.wake();
    await slow.idle();
    await dispatch();
    expect(textsTo(ANA)).toBe(1);
    expect(await clinic.state(messages[0]!)).toBe('SUBMITTED');
  });

  test('an attempt that was given up and failed late does not decide about the one under way', async () => {
    const { messages } = await clinic.campaign([ANA]);
    let first = '';
    clinic.twilio.answer = (request) => {
      first = request.attemptId;
      clinic.twilio.unlisted.add(clinic.twilio.take(request).sid);
      return UNKNOWN;
    };
    await dispatch();
    clinic.clock.advance(WAITING_MS + 1);
    await settle();
    clinic.twilio.answer = async (request) => {
      await report(clinic.twilio.held[0]!.sid, first, 'failed', 30036);
      return clinic.twilio.accept(request);
    };
    await dispatch();
    await dispatch();
    expect(clinic.twilio.held).toHaveLength(2);
    expect(await clinic.store.messages.byId(messages[0]!)).toMatchObject({ sid: clinic.twilio.held[1]!.sid });
  });
});

describe('results that the database does not take at once', () => {
  const failing = (times: number): Ports => {
    let left = times;
    const { store } = clinic.ports;
    return {
      ...clinic.ports,
      store: {
        ...store,
        transaction: (work) =>
          store.transaction((tx) => {
            const recordTaken: typeof tx.queue.recordTaken = async (...args) => {
              left -= 1;
              if (left >= 0) throw new Error('database is locked');
              return tx.queue.recordTaken(...args);
            };
            return work({ ...tx, queue: Object.assign(Object.create(tx.queue) as Tx['queue'], { recordTaken }) });
          }),
      },
    };
  };

  test('are tried again, and no SID of an accepted text is lost', async () => {
    const { messages } = await clinic.campaign([ANA, BEN]);
    const stubborn = dispatcher(failing(3));
    await dispatch(stubborn);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await stubborn.stop();
    for (const id of messages) expect((await clinic.store.messages.byId(id))?.sid).toMatch(/^SM/);
    expect(stubborn.inHand).toEqual([]);
  });

  test('a claim that was lost on its way is in nobody’s hands, and is settled', async () => {
    const { messages } = await clinic.campaign([ANA]);
    const { store } = clinic.ports;
    await store.transaction((tx) =>
      tx.queue.claimOfCampaign(1, {
        now: clinic.clock.now(),
        openZoneSets: ['America/New_York'],
        limit: 5,
        newAttemptId: () => 'lost',
      }),
    );
    await store.queue.markOrphansUncertain(messages, new Date(clinic.clock.now().getTime() + 1));
    expect(await clinic.state(messages[0]!)).toBe('SENDING');
    await store.queue.markOrphansUncertain([], clinic.clock.now());
    expect(await clinic.state(messages[0]!)).toBe('UNCERTAIN');
  });

  test('without an answer from the database nobody is texted, and the claim goes back', async () => {
    const { messages } = await clinic.campaign([ANA]);
    const { store } = clinic.ports;
    const deaf = { ...store, queue: queueWith({ stillWanted: () => Promise.reject(new Error('no')) }) };
    await dispatch(dispatcher({ ...clinic.ports, store: deaf }));
    expect(clinic.twilio.calls).toEqual([]);
    expect(await clinic.state(messages[0]!)).toBe('QUEUED');
    await dispatch();
    expect(textsTo(ANA)).toBe(1);
  });
});

describe('settling', () => {
  test('two equal texts to one number, both of unknown end: the phone gets two', async () => {
    await clinic.text(ANA, 'ok');
    await clinic.text(ANA, 'ok');
    let calls = 0;
    clinic.twilio.answer = (request) => {
      calls += 1;
      if (calls === 2) clinic.twilio.take(request);
      return UNKNOWN;
    };
    await dispatch();
    clinic.twilio.answer = (request) => clinic.twilio.accept(request);
    clinic.clock.advance(WAITING_MS + 1);
    await settle();
    await dispatch();
    expect(textsTo(ANA)).toBe(2);
  });

  test('the record of a call under way is not taken for that of an equal text', async () => {
    const first = await clinic.text(ANA, 'ok');
    clinic.twilio.answer = () => UNKNOWN;
    await dispatch();
    const second = await clinic.text(ANA, 'ok');
    clinic.twilio.answer = async (request) => {
      const answer = clinic.twilio.accept(request);
      clinic.clock.advance(WAITING_MS + 1);
      await settle();
      return answer;
    };
    await dispatch();
    expect(await clinic.state(first)).toBe('UNCERTAIN');
    expect(await clinic.state(second)).toBe('SUBMITTED');
    clinic.twilio.answer = (request) => clinic.twilio.accept(request);
    clinic.clock.advance(WAITING_MS + 1);
    await settle();
    await dispatch();
    expect(textsTo(ANA)).toBe(2);
  });

  test('an earlier equal text, whose SID only its attempt knows, is not taken for it', async () => {
    await clinic.text(ANA, 'ok');
    await dispatch();
    await report(clinic.twilio.held[0]!.sid, clinic.twilio.calls[0]!.attemptId, 'failed', 30036);
    const unsent = (await clinic.store.queue.count('QUEUED')) === 1;
    expect(unsent).toBe(true);
    clinic.twilio.answer = () => UNKNOWN;
    await dispatch();
    clinic.twilio.answer = (request) => clinic.twilio.accept(request);
    clinic.clock.advance(WAITING_MS + 1);
    await settle();
    await dispatch();
    expect(clinic.twilio.held).toHaveLength(2);
  });

  test.each([
    ['Twilio’s clock is ten minutes behind', (): void => void (clinic.twilio.skewMs = -600_000)],
    ['Twilio’s clock is ten minutes ahead', (): void => void (clinic.twilio.skewMs = 600_000)],
  ])('%s: what it has is found', async (_, arrange) => {
    await clinic.campaign([ANA]);
    arrange();
    clinic.twilio.answer = (request) => {
      clinic.twilio.take(request);
      return UNKNOWN;
    };
    await dispatch();
    clinic.clock.advance(WAITING_MS + 1);
    await settle();
    await dispatch();
    expect(textsTo(ANA)).toBe(1);
  });

  test.each([
    ['Don’t forget – “dose 2”', 'Don\'t forget - "dose 2"'],
    ['Dose 2', 'Sent from your Twilio trial account - Dose 2'],
    ['a  b\u00a0c', 'a b c'],
  ])('“%s” is found when Twilio has it as “%s”', async (ours, theirs) => {
    await clinic.text(ANA, ours);
    clinic.twilio.answer = (request) => {
      clinic.twilio.take({ ...request, text: theirs });
      return UNKNOWN;
    };
    await dispatch();
    clinic.clock.advance(WAITING_MS + 1);
    await settle();
    await dispatch();
    expect(textsTo(ANA)).toBe(1);
  });

  test('a clock that is put forward does not pass for waiting', async () => {
    const { messages } = await clinic.campaign([ANA]);
    clinic.twilio.answer = () => UNKNOWN;
    await dispatch();
    clinic.clock.advance(5 * 3_600_000);
    await new Settler(clinic.ports).settle();
    expect(await clinic.state(messages[0]!)).toBe('UNCERTAIN');
  });

  test('one number that Twilio does not list holds up nobody else', async () => {
    const { messages } = await clinic.campaign([ANA, BEN]);
    clinic.twilio.answer = () => UNKNOWN;
    await dispatch();
    clinic.clock.advance(WAITING_MS + 1);
    const list = clinic.twilio.list.bind(clinic.twilio);
    clinic.twilio.list = (filter) => (filter.to === ANA ? Promise.reject(new Error('400')) : list(filter));
    await settle();
    expect(await Promise.all(messages.map((id) => clinic.state(id)))).toEqual(['UNCERTAIN', 'QUEUED']);
  });
});

describe('what comes back into the queue', () => {
  const ended: [string, (id: number) => Promise<void>, string][] = [
    [
      'of a campaign that was canceled meanwhile is canceled',
      async (id) => {
        await clinic.store.campaigns.move(id, { from: 'RUNNING', to: 'CANCELED' });
        await clinic.store.campaigns.cancelQueued(id, clinic.clock.now());
      },
      'CANCELED',
    ],
    [
      'for a patient who opted out meanwhile is skipped',
      () => clinic.store.patients.optOut(ANA, { at: clinic.clock.now(), via: 'reply' }),
      'SKIPPED',
    ],
  ];

  test.each(ended)('%s: after a refusal for now', async (_, end, state) => {
    const { id, messages } = await clinic.campaign([ANA]);
    clinic.twilio.answer = async () => {
      await end(id);
      return { kind: 'not_sent', retryAfterMs: 1000, code: 20429 };
    };
    await dispatch();
    expect(await clinic.state(messages[0]!)).toBe(state);
  });

  test.each(ended)('%s: when Twilio turns out not to have it', async (_, end, state) => {
    const { id, messages } = await clinic.campaign([ANA]);
    clinic.twilio.answer = () => UNKNOWN;
    await dispatch();
    await end(id);
    clinic.clock.advance(WAITING_MS + 1);
    await settle();
    expect(await clinic.state(messages[0]!)).toBe(state);
  });

  test.each(ended)('%s: when its validity ended', async (_, end, state) => {
    const { id, messages } = await clinic.campaign([ANA]);
    await dispatch();
    await end(id);
    await report(clinic.twilio.held[0]!.sid, null, 'failed', 30036);
    expect(await clinic.state(messages[0]!)).toBe(state);
  });

  test('because Twilio’s own queue was full goes out again later', async () => {
    const { messages } = await clinic.campaign([ANA]);
    await dispatch();
    await report(clinic.twilio.held[0]!.sid, clinic.twilio.calls[0]!.attemptId, 'failed', 30001);
    expect(await clinic.state(messages[0]!)).toBe('QUEUED');
    await dispatch();
    expect(clinic.twilio.held).toHaveLength(1);
    clinic.clock.advance(3 * 60_000);
    await dispatch();
    expect(clinic.twilio.held).toHaveLength(2);
  });
});

describe('what patients wrote', () => {
  const writes = (text: string) =>
    clinic.store.messages.addInbound([
      { sid: 'SMinbound', phone: ANA, text, media: [], at: clinic.clock.now(), optOutType: null },
    ]);

  test('is read before they are texted again: it may be STOP', async () => {
    const { messages } = await clinic.campaign([ANA, BEN]);
    await writes('please no more texts');
    await dispatch();
    expect(clinic.twilio.calls.map(({ to }) => to)).toEqual([BEN]);
    expect(await clinic.state(messages[0]!)).toBe('QUEUED');
  });

  test('is read first also when it comes between claim and call', async () => {
    await clinic.campaign([ANA]);
    const { store } = clinic.ports;
    const hearing = {
      ...store,
      queue: queueWith({
        stillWanted: async (ids) => {
          await writes('STOP');
          return store.queue.stillWanted(ids);
        },
      }),
    };
    await dispatch(dispatcher({ ...clinic.ports, store: hearing }));
    expect(clinic.twilio.calls).toEqual([]);
  });
});

test('a status that was heard before anybody knew whose it was is heard again when Twilio is asked', async () => {
  const { messages } = await clinic.campaign([ANA]);
  await clinic.store.reports.add([
    {
      sid: 'SM' + '1'.padStart(32, '0'),
      attemptId: 'of nobody',
      status: 'delivered',
      errorCode: null,
      receivedAt: clinic.clock.now(),
    },
  ]);
  await applyReports(clinic.ports);
  await dispatch();
  await report(clinic.twilio.held[0]!.sid, null, 'delivered');
  expect(await clinic.state(messages[0]!)).toBe('DELIVERED');
});

test('a slice with longer texts than reckoned does not go over what was granted', async () => {
  const ports = { ...clinic.ports, clinic: { ...clinic.ports.clinic, rate: 100 } };
  const ids = await Promise.all(Array.from({ length: 5 }, (_, index) => clinic.text(ANA, `text ${index}`)));
  expect(ids).toHaveLength(5);
  const slow = dispatcher(ports);
  await dispatch(slow);
  expect(clinic.twilio.calls.length).toBeLessThanOrEqual(5);
});
