import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, phoneOf } from '../support/patient-rows';
import { appendFileSync } from 'node:fs';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic({ troubled: true });
});
afterAll(async () => {
  say('ERRORS', clinic.errors.join('\n'));
  await clinic.close();
});
const say = (...w: unknown[]) => appendFileSync('/tmp/imports_x/out2.txt', w.map(String).join(' ') + '\n');
const pause = (ms: number) => new Promise((r) => setTimeout(r, ms));
const dump = async (title: string, by = clinic.sender, from = 0) => {
  say('-----', title);
  for (const m of (await by.sees()).messages.slice(from))
    say(
      `[${m.channel} ${m.ts} th=${m.threadTs} bot=${m.isBot} eph=${m.ephemeralFor}]`,
      wordsOf(m).slice(0, 600),
      buttonsIn(m.blocks)
        .map((b) => b.label)
        .join('|'),
      m.files.map((f) => f.name).join(),
    );
};
const b64 = (s: string) => Buffer.from(s).toString('base64');
const one = (n: number) => csvOf([{ id: `Q${n}`, mobile: phoneOf(n), first: 'Ana', last: 'Reyes' }]);

test('several files in one message, with one pdf', async () => {
  const n = (await clinic.sender.sees()).messages.length;
  await clinic.post('/slack/control/message', {
    user: clinic.sender.id,
    text: 'here',
    channel: CHANNELS.imports,
    files: [
      { name: 'a.csv', mimetype: 'text/csv', base64: b64(one(1)) },
      { name: 'b.csv', mimetype: 'text/csv', base64: b64(one(2)) },
      { name: 'c.pdf', mimetype: 'application/pdf', base64: b64('%PDF-1.7 sdfsdf') },
      { name: 'd.png', mimetype: 'image/png', base64: b64('\x89PNG sdfsdf') },
    ],
  });
  await pause(4000);
  await dump('several', clinic.sender, n);
});

test('dm', async () => {
  const n = (await clinic.responder.sees()).messages.length;
  await clinic.responder.drops({ name: 'dm.csv', content: Buffer.from(one(3)) }, clinic.responder.direct);
  await pause(3000);
  await dump('responder dm', clinic.responder, n);
});

test('text in DM and in imports', async () => {
  const n = (await clinic.sender.sees()).messages.length;
  await clinic.sender.says('hello', { channel: clinic.sender.direct });
  await clinic.sender.says('hello', { channel: CHANNELS.imports });
  await pause(1500);
  await dump('hello', clinic.sender, n);
});

test('undo after others changed', async () => {
  const n = (await clinic.sender.sees()).messages.length;
  const card = await clinic.drops(
    csvOf([1, 2, 3].map((k) => ({ id: `U${k}`, mobile: phoneOf(20 + k), first: 'Ana', last: 'R', groups: 'Ugroup' }))),
    'undo.csv',
  );
  await clinic.admin.presses('Confirm', card);
  await clinic.shows(card, 'is imported');
  await clinic.sender.types('/outreach patient U2', CHANNELS.outreach);
  const p = await clinic.sender
    .reads('U2', { channel: CHANNELS.outreach })
    .catch(() => clinic.sender.reads('Ana R.', { channel: CHANNELS.outreach }));
  say(
    'PATIENT',
    wordsOf(p),
    buttonsIn(p.blocks)
      .map((b) => b.label)
      .join('|'),
  );
  await clinic.sender.presses('Opt out', p).catch((e) => say(String(e)));
  await pause(800);
  const m = (await clinic.sender.sees()).modals.at(-1);
  say('MODAL', JSON.stringify(m?.view ?? null).slice(0, 500));
  if (m) await clinic.sender.submits({ [await clinic.label('Why')]: 'asked by phone' }).catch((e) => say(String(e)));
  await pause(800);
  await clinic.admin.presses('Undo', await clinic.sender.again(card));
  await pause(2500);
  await dump('undo', clinic.sender, n);
});

test('deleted file', async () => {
  const n = (await clinic.sender.sees()).messages.length;
  const card = await clinic.drops('MRN,Cell\r\nD1,12\r\nD2,' + phoneOf(40), 'del.csv');
  await clinic.post('/slack/control/file/delete', {}).catch((e) => say(String(e)));
  await clinic.sender.deletes({ channel: card.channel, ts: card.threadTs! }).catch((e) => say(String(e)));
  await clinic.sender.presses('Confirm', card);
  await pause(2500);
  await dump('deleted', clinic.sender, n);
});
