import type { SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

/** An app that was installed with fewer scopes than manifest.yml asks for: what it can do, it does. */
describe('Where Slack does not let the app read what stands in channels, nor open DMs', () => {
  let clinic: Clinic;
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));
  beforeAll(async () => {
    const scopes = ['chat:write', 'commands', 'files:read', 'files:write', 'channels:read', 'reactions:write'];
    clinic = await openClinic({ troubled: true, slack: { scopes } });
    await clinic.importPatients(patients(3));
    await clinic.template({ name: 'Visit', text: 'Do you come? Reply YES or NO.', replies: 'YES, NO' });
  });
  afterAll(() => clinic.close());

  test('the summary of a send is posted once, though it cannot be looked for', async () => {
    const card = await clinic.sends({ template: 'Visit', groups: ['Everyone'] });
    await clinic.shows(card, 'Done, 3 of 3 sent');
    const pictures = async (): Promise<SandboxMessage[]> =>
      (await clinic.inThread(card)).filter(({ files }) => files.length > 0);
    await until('the summary', async () => (await pictures()).length > 0, 20_000);
    // The next that Slack refused would be tried again after fifteen seconds.
    await clinic.box.advanceClock(60_000);
    await phone(1).texts('yes');
    await clinic.shows(card, '1 YES');
    await until('nothing waits', () => Promise.resolve(clinic.waitingPosts().length === 0), 20_000);
    expect(await pictures()).toHaveLength(1);
  }, 60_000);

  test.each([{ kind: '500' }, { kind: 'drop_before' }] as const)(
    'a reply whose post failed (%j) is posted all the same',
    async (fault) => {
      await clinic.box.fault('slack', { method: 'chat.postMessage', fault, times: 1 });
      await phone(2).texts(`What of ${fault.kind}?`);
      const head = await clinic.thread(`What of ${fault.kind}?`);
      await until('the reply', async () =>
        (await clinic.inThread(head)).some((reply) => wordsOf(reply).includes(`What of ${fault.kind}?`)),
      );
    },
    60_000,
  );

  test('words for one person reach them without their DM having been opened', async () => {
    await clinic.admin.reads('Before you text real patients', { channel: clinic.admin.direct });
  });

  test('what cannot be done for want of a scope is told as such', async () => {
    await clinic.sender.types('/outreach responses', CHANNELS.outreach);
    await clinic.sender.presses(
      'Download CSV',
      await clinic.sender.reads('Unexpected', { channel: CHANNELS.outreach }),
    );
    await clinic.sender.reads('Slack does not allow the app to do this');
  });
});
