import { processInbound } from '../../../../src/usecases/conversations/process-inbound';
import { openClinic, type TestClinic } from '../../../support/messages/clinic';
import { phoneOf } from '../../../support/seed';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic();
});
afterEach(() => clinic.close());

test('behind two hundred who say yes, a question and an emergency are worked on first', async () => {
  const words = [...Array.from({ length: 200 }, () => 'YES'), 'Which door do I take?', 'I have chest pain'];
  await clinic.store.messages.addInbound(
    words.map((text, i) => ({
      sid: `SM${String(i).padStart(32, '0')}`,
      phone: phoneOf(i),
      text,
      media: [],
      at: clinic.clock.now(),
      optOutType: null,
    })),
  );
  await processInbound(clinic.ports);
  expect(await clinic.store.messages.waiting(1_000)).toEqual([]);
  const done = await Promise.all([1, 200, 201, 202].map((id) => clinic.store.messages.byId(id)));
  const [first, last, question, emergency] = done.map((message) => message?.processedAt?.getTime() ?? 0);
  expect(emergency).toBeLessThanOrEqual(question ?? 0);
  expect(question).toBeLessThanOrEqual(first ?? 0);
  expect(first).toBeLessThan(last ?? 0);
});
