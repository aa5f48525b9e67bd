import { buttonsIn, wordsOf } from '../../src/sandbox/driver/blocks';
import { CHANNELS, type Clinic, openClinic } from '../support/clinic';
import { csvOf, phoneOf } from '../support/patient-rows';
import { appendFileSync } from 'node:fs';

let clinic: Clinic;
beforeAll(async () => { clinic = await openClinic({ troubled: true }); });
afterAll(async () => { say('ERRORS', clinic.errors.join('\n')); await clinic.close(); });
const say = (...w: unknown[]) => appendFileSync('/tmp/imports_x/out3.txt', w.map(String).join(' ') + '\n');
const pause = (ms: number) => new Promise((r) => setTimeout(r, ms));
const dump = async (title: string, by = clinic.sender, from = 0) => {
  say('-----', title);
  for (const m of (await by.sees()).messages.slice(from)) say(`[${m.channel} ${m.ts} th=${m.threadTs} bot=${m.isBot} eph=${m.ephemeralFor}]`, wordsOf(m).slice(0, 900), buttonsIn(m.blocks).map((b) => b.label).join('|'), m.files.map((f) => f.name).join());
};

test('xlsx', async () => {
  const { default: write } = await import('write-excel-file/node');
  const rows = [
    ['Recall list', null, null, null, null, null],
    ['Chart #', 'Patient Name', 'Cell Phone', 'ZIP', 'Next Visit', 'Opt out'],
    ['007', 'Reyes, Ana', 6175552077, 2118, { value: new Date(Date.UTC(2026, 10, 30)), type: Date, format: 'mm/dd/yyyy' }, false],
    [1234567, 'Okafor, Ben', '(617) 555-2078', '02118-0001', '11/30/2026', true],
    [42.5, 'Nunez, José', 16175552079, null, null, null],
  ];
  const card = await clinic.drops(await write(rows as never).toBuffer(), 'recall.xlsx');
  say(wordsOf(card));
  await clinic.sender.presses('Confirm', card);
  await clinic.shows(card, 'is imported');
  say(JSON.stringify(clinic.rows().Patient));
});

test('60 MB', async () => {
  const lines = ['MRN,Cell,First,Notes'];
  for (let i = 0; i < 60_000; i++) lines.push(`B${i},617${2_000_000 + i},Ana,${'x'.repeat(1000)}`);
  const content = Buffer.from(lines.join('\n'));
  say('size', content.length / 1e6);
  const t = Date.now();
  const { ts } = await clinic.sender.drops({ name: 'big.csv', content }, CHANNELS.imports);
  const card = await clinic.sender.reads(/60,000 new|rejected|not imported/, { channel: CHANNELS.imports, threadTs: ts, timeoutMs: 90_000 });
  say(Date.now() - t, wordsOf(card));
  await clinic.sender.presses('Cancel', card);
}, 120_000);

test('modal with pdf, deleted file, thread', async () => {
  const n = (await clinic.sender.sees()).messages.length;
  await clinic.sender.types('/outreach import', CHANNELS.outreach);
  const up = await Promise.all(['a.csv', 'b.csv'].map((name, k) => clinic.sender.uploads({ name, content: Buffer.from(k ? '%PDF-1.4' : csvOf([{ id: 'M1', mobile: phoneOf(90) }])) })));
  await clinic.sender.submits({ File: up.map(({ id }) => id) });
  await pause(4000);
  await dump('modal', clinic.sender, n);
  const m = (await clinic.sender.sees()).messages.length;
  const { ts } = await clinic.sender.drops({ name: 'late.csv', content: Buffer.from(csvOf([{ id: 'M2', mobile: phoneOf(91) }])) }, CHANNELS.imports);
  const card = await clinic.sender.reads('late.csv', { channel: CHANNELS.imports, threadTs: ts });
  const ready = await clinic.shows(card, '1 new');
  await Promise.all([clinic.admin.presses('Confirm', ready), clinic.sender.presses('Confirm', ready), clinic.sender.presses('Cancel', ready)]);
  await pause(3000);
  await Promise.all([clinic.admin.presses('Undo', await clinic.sender.again(card)), clinic.sender.presses('Undo', await clinic.sender.again(card))].map((p) => p.catch((e) => say(String(e)))));
  await pause(3000);
  await dump('confirm twice, cancel', clinic.sender, m);
  await dump('admin', clinic.admin, 0);
}, 60_000);
