/** The imports channel goes away in the middle of an import: it ends well, and whoever dropped the file sees how. */
import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { until } from '../../src/sandbox/driver/http';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, phoneOf } from '../support/patient-rows';

describe('The imports channel is gone', () => {
  let clinic: Clinic;
  const set = (change: object) => clinic.post('/slack/control/channel', { id: CHANNELS.imports, ...change });
  const file = (nth: number): string =>
    csvOf([
      { id: `${nth}-1`, mobile: phoneOf(nth * 10), first: 'Ana' },
      { id: `${nth}-2`, mobile: phoneOf(nth * 10 + 1), first: 'Ben' },
      { id: `${nth}-3`, mobile: '617-555-0123', first: 'Cleo' },
    ]);
  const inDirect = (words: string | RegExp) => clinic.sender.reads(words, { channel: clinic.sender.direct });
  const applied = (): number => clinic.audit().filter(({ action }) => action === 'import.apply').length;
  const cards = async (name: string) =>
    (await clinic.sender.sees()).messages.filter(
      (message) => message.channel === clinic.sender.direct && !message.deleted && wordsOf(message).includes(name),
    );

  beforeAll(async () => {
    clinic = await openClinic({ troubled: true });
  });
  afterAll(() => clinic.close());

  test('the bot is removed between the preview and Confirm: the outcome, with Undo, is in the DM', async () => {
    const card = await clinic.drops(file(1), 'one.csv');
    await set({ appIsMember: false });
    await clinic.sender.presses('Confirm', card);
    const outcome = await inDirect(/one\.csv is imported/);
    expect(buttonsIn(outcome.blocks).map(({ label }) => label)).toContain('Undo');
    expect(applied()).toBe(1);
    await clinic.admin.reads('sees what became of it in their DM', { channel: clinic.admin.direct });
    await set({ appIsMember: true });
  });

  test('it is archived while the patients are written: the same', async () => {
    const card = await clinic.drops(file(2), 'two.csv');
    await clinic.box.fault('slack', { method: 'chat.update', fault: { kind: '500' }, times: 2 });
    await clinic.sender.presses('Confirm', card);
    await set({ archived: true });
    await inDirect(/two\.csv is imported/);
    expect(applied()).toBe(2);
    await set({ archived: false });
  });

  test('it is deleted as soon as the file was dropped: preview, rejected rows and Confirm are in the DM, once', async () => {
    await clinic.stopApp();
    await clinic.sender.drops({ name: 'three.csv', content: Buffer.from(file(3)) }, CHANNELS.imports);
    await set({ deleted: true });
    await clinic.startApp();
    await clinic.post('/slack/control/redeliver', {});
    const preview = await inDirect(/2 new[\s\S]*1 rejected/);
    await until('the rejected rows', async () =>
      (await clinic.sender.sees()).messages.some(
        ({ channel, files }) => channel === clinic.sender.direct && files.some(({ name }) => name.includes('three')),
      ),
    );
    await clinic.sender.presses('Confirm', preview);
    await clinic.shows(preview, 'three.csv is imported');
    await clinic.box.advanceClock(10 * 60_000);
    expect(applied()).toBe(3);
    expect((await cards('three.csv is imported')).length).toBe(1);
  });
});
