import type { SandboxFile, SandboxMessage } from '../../src/sandbox/contract';
import { wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { type Clinic, openClinic } from '../support/clinic';
import { patients, phoneOf } from '../support/patient-rows';

const picture = (words: string) => ({ contentType: 'image/jpeg', content: Buffer.from(`a picture of ${words}`) });

describe('Pictures that patients send', () => {
  let clinic: Clinic;
  const phone = (nth: number) => clinic.box.phone(phoneOf(nth));
  const filesIn = async (head: SandboxMessage): Promise<SandboxFile[]> =>
    (await clinic.inThread(head)).flatMap(({ files }) => files);
  const filesOf = (head: SandboxMessage, many: number): Promise<SandboxFile[]> =>
    until(`${many} files`, async () => {
      const files = await filesIn(head);
      return files.length >= many && files;
    });

  beforeAll(async () => {
    clinic = await openClinic({ troubled: true, env: { REPLY_THREADS: 'unexpected' } });
    await clinic.importPatients(patients(8));
    await clinic.template({ name: 'Rash', text: 'Is it better?', replies: 'YES, NO' });
    const card = await clinic.sends({ template: 'Rash', groups: ['Everyone'] });
    await clinic.shows(card, 'Done, 8 of 8 sent');
  });
  afterAll(() => clinic.close());

  test('stand in their thread as files, with whose they are, and nothing of it in the file’s name', async () => {
    await phone(1).texts('This is how it looks', [picture('an arm')]);
    const head = await clinic.thread('This is how it looks');
    const [file] = await filesOf(head, 1);
    expect((await clinic.responder.opens(file!)).toString()).toBe('a picture of an arm');
    expect(file!.name).toMatch(/^picture-\d+-1\.jpg$/);
    const posted = (await clinic.inThread(head)).find(({ files }) => files.length > 0)!;
    expect(wordsOf(posted)).toContain('Picture from Pat1 R.');
  });

  test('come without words, several at once, in order', async () => {
    await phone(2).texts('', [picture('one'), { ...picture('two'), contentType: 'image/png' }]);
    const head = await clinic.thread('Pat2 R.');
    await filesOf(head, 2);
    const said = (await clinic.inThread(head)).map(wordsOf).join('\n');
    expect(said).toMatch(/2 pictures[\s\S]*Picture 1 of 2 from Pat2 R\.[\s\S]*Picture 2 of 2 from Pat2 R\./);
  });

  test('are shown even with an answer that is only counted otherwise', async () => {
    await phone(3).texts('yes', [picture('a healed arm')]);
    await filesOf(await clinic.thread('Pat3 R.'), 1);
  });

  test('are fetched again until Twilio hands them over, and hold up nobody meanwhile', async () => {
    await clinic.box.fault('twilio', { method: 'media.content', fault: { kind: '500' }, times: 2 });
    await phone(4).texts('Look', [picture('a foot')]);
    const head = await clinic.thread('Look');
    await phone(5).texts('And me?');
    await clinic.thread('And me?');
    await filesOf(head, 1);
  });

  test('are not doubled when Slack took the file and did not say so', async () => {
    const fault = { kind: 'drop_after' } as const;
    await clinic.box.fault('slack', { method: 'files.completeUploadExternal', fault, times: 1 });
    await phone(6).texts('Here', [picture('a hand')]);
    const head = await clinic.thread('Here');
    await filesOf(head, 1);
    await phone(6).texts('Did it arrive?');
    await until('the next text', async () =>
      (await clinic.inThread(head)).some((reply) => wordsOf(reply).includes('Did it arrive?')),
    );
    await until('nothing to be behind', async () => clinic.waitingPosts().length === 0);
    expect(await filesIn(head)).toHaveLength(1);
  });

  test('that came while the app was down are fetched with what was written', async () => {
    await clinic.stopApp();
    await phone(7).texts('You were away', [picture('a knee')]);
    await clinic.startApp();
    const head = await clinic.thread('You were away');
    const [file] = await filesOf(head, 1);
    expect((await clinic.responder.opens(file!)).toString()).toBe('a picture of a knee');
  });

  test('and what is no picture is not handed on, but told', async () => {
    await phone(8).texts('Open this', [{ contentType: 'text/html', content: Buffer.from('<script>') }]);
    const head = await clinic.thread('Open this');
    await clinic.responder.reads('Pat8 R. sent a file that I cannot show', { threadTs: head.ts });
    expect(await filesIn(head)).toEqual([]);
  });
});
