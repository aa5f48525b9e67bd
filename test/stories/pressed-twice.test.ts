/** Two people look at the same card, and somebody's finger slips: what is pressed twice happens once. */
import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

describe('Pressed twice in the replies channel', () => {
  let clinic: Clinic;
  const asks = async (nth: number): Promise<SandboxMessage> => {
    await clinic.box.phone(phoneOf(nth)).texts(`Is number ${nth} right?`);
    return clinic.thread(`Is number ${nth} right?`);
  };
  const recorded = (action: string) => clinic.audit().filter((row) => row.action === action);
  const told = async (words: string): Promise<number> => {
    const [one, other] = await Promise.all([clinic.responder.sees(), clinic.admin.sees()]);
    return [...one.messages, ...other.messages].filter(
      (message) => message.ephemeralFor !== undefined && wordsOf(message).includes(words),
    ).length;
  };

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.importPatients(patients(3));
  });
  afterAll(() => clinic.close());

  test('Take: the first has it, the second is told who was faster, and may take over later', async () => {
    const { responder, admin } = clinic;
    const head = await asks(1);
    await Promise.all([responder.presses('Take', head), responder.presses('Take', head)]);
    await clinic.shows(head, `<@${responder.id}> has it.`, responder);
    await admin.presses('Take', head);
    const no = await admin.reads(`<@${responder.id}> took it a moment ago`, { channel: CHANNELS.replies });
    expect(no.ephemeralFor).toBe(admin.id);
    expect(recorded('conversation.take').map(({ actor }) => actor)).toEqual([responder.id]);
    await clinic.box.advanceClock(60_000);
    await admin.presses('Take', head);
    await clinic.shows(head, `<@${admin.id}> has it.`, responder);
    expect(recorded('conversation.take').map(({ actor }) => actor)).toEqual([responder.id, admin.id]);
  });

  test.each([
    ['Resolve', 'Resolved.', 'It is resolved already.', 'conversation.resolve', 2],
    ['Opt out', 'cannot be texted', 'This number has opted out already.', 'phone.opt_out', 3],
  ])('%s by two people at once: once, and the second is told', async (label, shown, word, action, nth) => {
    const { responder, admin } = clinic;
    const head = await asks(nth);
    await Promise.all([responder.presses(label, head), responder.presses(label, head), admin.presses(label, head)]);
    await clinic.shows(head, shown, responder);
    // Whoever was not the first, in whichever order they came.
    await until('two to be told', async () => (await told(word)) === 2);
    expect(recorded(action)).toHaveLength(1);
  });
});
