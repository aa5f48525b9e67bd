import type { SandboxMessage } from '../../src/sandbox/contract';
import { buttonsIn, wordsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import type { Person } from '../../src/sandbox/driver/person';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const SUBCOMMANDS = [
  ...['import', 'template', 'send', 'status', 'pause', 'resume', 'cancel', 'responses', 'text', 'patient', 'groups'],
  ...['settings', 'audit', 'help'],
];

describe('What can be typed and pressed', () => {
  let clinic: Clinic;
  /** The words that only the one who asked is shown. */
  const answerTo = async (text: string, by: Person = clinic.sender): Promise<string> => {
    const before = (await by.sees()).messages.length;
    await by.types(text, CHANNELS.outreach);
    const answer = await until(`an answer to ${text}`, async () =>
      (await by.sees()).messages.slice(before).find(({ ephemeralFor }: SandboxMessage) => ephemeralFor === by.id),
    );
    return wordsOf(answer);
  };

  beforeAll(async () => {
    clinic = await openClinic();
  });
  afterAll(() => clinic.close());

  describe('before anything is there', () => {
    test.each([
      ['status', 'No sends yet. Start one with `/outreach send`.'],
      ['groups', 'No groups yet.'],
      ['template', 'No templates here yet. Write one with `/outreach template new`'],
      ['responses', 'No replies yet.'],
      ['patient', 'Whom?'],
      ['patient Nobody', 'Nobody is found by that.'],
      ['pause', 'There is no send to pause.'],
      ['resume', 'There is no send to resume.'],
      ['cancel', 'There is no send to cancel.'],
    ])('/outreach %s says so, and what to do', async (words, told) => {
      expect(await answerTo(`/outreach ${words}`)).toContain(told);
    });

    test('the Home tab is there', async () => {
      const { view } = await clinic.responder.opensHome();
      const words = wordsIn(view);
      expect(words).toContain('Riverbend Clinic');
      expect(words).toContain('*0 patients*');
      expect(words).toContain('No open conversations');
      expect(words).toContain('Nothing is being sent');
      expect(words).toContain('🟢 New York: open until');
    });
  });

  test('help lists every subcommand; nothing after /outreach is help; anything else is told', async () => {
    const help = await answerTo('/outreach help');
    for (const name of SUBCOMMANDS) expect(help).toContain(`/outreach ${name}`);
    expect(await answerTo('/outreach')).toBe(help);
    expect(await answerTo('/outreach SETTINGS')).toContain('Riverbend Clinic');
    expect(await answerTo('/outreach sned everything')).toBe(
      'There is no “/outreach sned”. Type /outreach help to see what there is.',
    );
  });

  describe('with patients and a conversation', () => {
    beforeAll(async () => {
      const [ana, ...others] = patients(3);
      await clinic.importPatients([{ ...ana!, language: 'Spanish', groups: 'Everyone; Seniors' }, ...others]);
      await clinic.template({ name: 'Word', text: 'Hi {{ first_name }}' });
      await clinic.box.phone(phoneOf(1)).texts('¿Hay lugar?');
      await clinic.thread('¿Hay lugar?');
    });

    test('patient: by id, number or name, masked, with the window and why', async () => {
      for (const words of ['1001', '617-555-2001', 'pat1', 'Rivera']) {
        const found = await answerTo(`/outreach patient ${words}`, clinic.responder);
        expect(found).toMatch(/\*Pat1 R\.\*.*2001.*id 1001/);
        expect(found).toContain('Spanish  ·  in Everyone, Seniors');
        expect(found).toContain('America/New_York (from zip)');
        expect(found).toContain('Can be texted now, until');
        expect(found).not.toContain('+16175552001');
      }
    });

    test('groups: with how many are in each', async () => {
      const groups = await answerTo('/outreach groups');
      expect(groups).toContain('2 groups');
      expect(groups).toContain('*3* patients  ·  Everyone');
      expect(groups).toContain('*1* patient  ·  Seniors');
    });

    test('text: opens the thread of one patient, or says which it could be', async () => {
      expect(await answerTo('/outreach text', clinic.responder)).toContain('Whom?');
      expect(await answerTo('/outreach text Rivera', clinic.responder)).toContain('Several patients match.');
      expect(await answerTo('/outreach text Nobody', clinic.responder)).toContain('Nobody is found by that.');
      expect(await answerTo('/outreach text 1002', clinic.responder)).toContain(
        `The conversation with Pat2 R. is open in <#${CHANNELS.replies}>`,
      );
      expect(await answerTo('/outreach text 1002')).toContain('Only responders and admins may start a conversation');
    });

    test('settings: what holds; the channels are shown to an admin', async () => {
      const all = await answerTo('/outreach settings');
      expect(all).toContain('Riverbend Clinic');
      expect(all).toContain('America/New_York');
      expect(all).not.toContain(CHANNELS.replies);
      const admins = await answerTo('/outreach settings', clinic.admin);
      expect(admins).toContain(`<#${CHANNELS.replies}>`);
    });

    test('the Home tab shows what waits, with its buttons', async () => {
      await clinic.sends({ template: 'Word', groups: ['Everyone'], startAt: new Date('2026-12-24T15:00:00Z') });
      const home = await until('the scheduled send', async () => {
        const { view } = await clinic.sender.opensHome();
        return wordsIn(view).includes('“Word”') && view;
      });
      const words = wordsIn(home);
      expect(words).toContain('*3 patients*');
      expect(words).toMatch(/open conversation/);
      expect(words).toContain('Pat1 R.');
      const { id, view } = (await clinic.sender.sees()).home!;
      for (const [label, title] of [
        ['Send outreach', 'Send outreach'],
        ['Import a file', 'Import patients'],
        ['New template', 'New template'],
      ]) {
        const button = buttonsIn((view as { blocks: unknown[] }).blocks).find((one) => one.label === label);
        await clinic.post('/slack/control/action', {
          user: clinic.sender.id,
          viewId: id,
          actionId: button?.actionId,
        });
        const form = await until(title!, async () => {
          const top = (await clinic.sender.sees()).modals.at(-1);
          return top && wordsIn(top.view).includes(title!) && top;
        });
        await clinic.post('/slack/control/view/close', { user: clinic.sender.id, viewId: form.id });
      }
    });
  });
});
