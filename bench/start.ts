import Database from 'better-sqlite3';
import { costOf } from './processes';
import { runApp, Scratch, startSandbox } from './sandbox';
import { seedCampaign } from './seed';
import type { Row } from './table';

const STARTS = 3;
/** How long it idles before its size is read, ms. */
const IDLE_MS = 8_000;

/** How soon the app is ready when the database has years in it. */
export async function benchStart(size: number): Promise<Row[]> {
  const sandbox = await startSandbox();
  const scratch = new Scratch();
  await seedCampaign(scratch.url, 1, 'PAUSED');
  fill(scratch.file, size);
  const times: number[] = [];
  let residentMb = 0;
  let peakMb = 0;
  for (let i = 0; i < STARTS; i += 1) {
    const began = performance.now();
    const app = await runApp(sandbox, scratch);
    times.push(performance.now() - began);
    if (i === STARTS - 1) await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    ({ residentMb, peakMb } = costOf(app));
    await app.stop();
  }
  await sandbox.stop();
  scratch.remove();
  const bare = await bareNode();
  const median = times.sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? 0;
  return [
    {
      what: `start, ${size.toLocaleString('en-US')} patients and as many messages`,
      figure: `ready in ${(median / 1000).toFixed(2)} s, idle ${residentMb} MB`,
      baseline: `node that loads bolt, twilio and Prisma: ${(bare / 1000).toFixed(2)} s`,
      ratio: (median / bare).toFixed(2),
      goal: '≤ 1.5 s, ≤ 150 MB',
      peakMb,
      itemUs: median * 1000,
    },
  ];
}

/** Copies of the one patient and the one message that are there, inside the database. */
function fill(file: string, size: number): void {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  const copies = (table: string, changed: Readonly<Record<string, string>>): void => {
    const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const values = columns.map((name) => changed[name] ?? `t."${name}"`).join(', ');
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${size})
      INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) SELECT ${values} FROM ${table} t, n WHERE t.id = 1`);
  };
  const phone = `'+1' || (2120000000 + i)`;
  copies('Patient', { id: 'i', externalId: `'P' || i`, phone });
  copies('Message', { id: 'i', patientId: 'i', phone, state: `'DELIVERED'`, sid: `'SM' || printf('%032x', i)` });
  db.close();
}

/** What loading the libraries costs by itself. */
async function bareNode(): Promise<number> {
  const { spawnSync } = await import('node:child_process');
  const began = performance.now();
  spawnSync(process.execPath, [
    '-e',
    `require('@slack/bolt'); require('twilio'); require('@prisma/client/runtime/client')`,
  ]);
  return performance.now() - began;
}
