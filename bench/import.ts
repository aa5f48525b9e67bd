import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { postJson, until } from '../src/sandbox/driver/http';
import { SandboxDriver } from '../src/sandbox/driver/sandbox-driver';
import { InboundLoad, type Latencies } from './inbound-load';
import { type PatientFile, writePatientFile } from './patient-file';
import { costOf, freePort, Part, startApp, untilHealthy } from './processes';
import { type Sandbox, startSandbox } from './sandbox';
import { inWords, perSecond, type Row } from './table';

interface Timed {
  readonly ms: number | null;
  readonly rows: number;
}

const CHANNEL = 'C0IMPORTS';
const IDLE_MS = 5_000;
/** createMany takes a minute and more for a million rows: it is measured on this many. */
const MOST_CREATED = 100_000;

/**
 * A file dropped in Slack, read, compared, confirmed and written, while patients text; beside what only parses the file and
 * what only writes it.
 */
export async function benchImport(rows: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'carethread-bench-'));
  try {
    const path = join(folder, 'patients.csv');
    const file = await writePatientFile(path, rows);
    const ours = await importOverTheWire(folder, path, file);
    const shell = await baseline('sqlite-shell', [path, folder, String(rows)]);
    const parse = await baseline('papaparse', [path]);
    const prepared = await baseline('better-sqlite3', [path, folder]);
    const created = rows > MOST_CREATED ? null : await baseline('create-many', [path, folder]);
    const row = (name: string, { ms, rows: done }: Timed, goal: string): Row[] =>
      ms === null ? [] : [rowOf(rows, ours, { name, rate: perSecond(done, ms), goal })];
    return [
      ...row('sqlite3 shell, .import to staging and upsert', shell, rows >= 1_000_000 ? '≥ 0.6' : '–'),
      ...row('papaparse alone, nothing written', parse, '–'),
      ...row('better-sqlite3 prepared, with papaparse', prepared, '–'),
      ...(created ? row('Prisma createMany, with papaparse', created, rows === 100_000 ? '≥ 12' : '–') : []),
      webhooksRow(rows, ours),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Ours {
  readonly readMs: number;
  readonly writeMs: number;
  readonly peakMb: number;
  readonly idle: Latencies;
  readonly during: Latencies;
}

const rowOf = (rows: number, ours: Ours, base: { name: string; rate: number; goal: string }): Row => {
  const rate = perSecond(rows, ours.readMs + ours.writeMs);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return {
    what: `import, ${rows.toLocaleString('en-US')} rows, while patients text`,
    figure: `${inWords(rate)} (read in ${seconds(ours.readMs)}, written in ${seconds(ours.writeMs)})`,
    baseline: `${base.name}: ${inWords(base.rate)}`,
    ratio: (rate / base.rate).toFixed(2),
    goal: base.goal,
    peakMb: ours.peakMb,
    itemUs: 1e6 / rate,
  };
};

const webhooksRow = (rows: number, { idle, during, peakMb }: Ours): Row => ({
  what: `webhooks while ${rows.toLocaleString('en-US')} rows are imported (${during.count})`,
  figure: `p50 ${during.p50.toFixed(0)} ms, p99 ${during.p99.toFixed(0)} ms, worst ${during.worst.toFixed(0)} ms`,
  baseline: `idle (${idle.count}): p50 ${idle.p50.toFixed(0)} ms, p99 ${idle.p99.toFixed(0)} ms`,
  ratio: (during.p99 / idle.p99).toFixed(2),
  goal: 'p99 ≤ 3',
  peakMb,
});

async function baseline(name: string, args: readonly string[]): Promise<Timed> {
  const part = new Part(`baselines/${name}`, args);
  const timed = (await part.next()) as Timed;
  await part.stop();
  return timed;
}

async function importOverTheWire(folder: string, path: string, file: PatientFile): Promise<Ours> {
  const sandbox = await startSandbox();
  const { address, env } = sandbox;
  const database = join(folder, 'app.db');
  const port = await freePort();
  const here = `http://127.0.0.1:${port}`;
  // Nothing of the sandbox's is between a webhook and its answer.
  const app = startApp({ ...env, DATABASE_URL: `file:${database}`, PORT: String(port), PUBLIC_URL: here });
  await untilHealthy(here);
  await postJson(`${address}/slack/control/app`, { requestUrl: `${here}/slack/events` });
  const load = new InboundLoad(here, env);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const idle = await load.take();
  const { readMs, writeMs } = await dropAndConfirm(address, path, database);
  const during = await load.take();
  const { texts, failed } = await load.stop();
  const cost = costOf(app);
  await stopAll(app, sandbox);
  check(database, { file, texts, failed });
  return { readMs, writeMs, peakMb: cost.peakMb, idle, during };
}

const stopAll = async (...parts: readonly Pick<Sandbox, 'stop'>[]): Promise<void> => {
  for (const part of parts) await part.stop();
};

/** As a sender does it; the books tell when it is done, so that Slack's own pace does not count. */
async function dropAndConfirm(
  address: string,
  path: string,
  database: string,
): Promise<Pick<Ours, 'readMs' | 'writeMs'>> {
  const sender = (await SandboxDriver.at(address)).staff('sender');
  const content = readFileSync(path);
  const { ts } = await sender.drops({ name: 'patients.csv', content }, CHANNEL);
  const dropped = performance.now();
  await reaches(database, 'READY');
  const read = performance.now();
  const card = await until('Confirm', async () => {
    const cards = (await sender.sees()).messages.filter((message) => message.isBot && message.threadTs === ts);
    return cards.find(({ blocks }) => JSON.stringify(blocks).includes('import_confirm'));
  });
  const pressed = performance.now();
  await sender.presses('Confirm', card);
  await reaches(database, 'APPLIED');
  return { readMs: read - dropped, writeMs: performance.now() - pressed };
}

async function reaches(database: string, wanted: string): Promise<void> {
  const db = new Database(database, { readonly: true, timeout: 10_000 });
  const find = db.prepare<[], { state: string; problem: string | null }>('SELECT state, problem FROM Import');
  try {
    for (;;) {
      const found = find.get();
      if (found?.state === wanted) return;
      if (found?.state === 'REFUSED') throw new Error(`the file was refused: ${found.problem ?? ''}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    db.close();
  }
}

/** A bench that imported wrongly prints nothing. */
function check(database: string, wanted: { file: PatientFile; texts: number; failed: number }): void {
  const db = new Database(database, { readonly: true });
  const number = (sql: string): number => (db.prepare(sql).get() as { n: number }).n;
  const groups = db
    .prepare('SELECT g.name, count(*) AS n FROM "Group" g JOIN GroupMember m ON m.groupId = g.id GROUP BY g.id')
    .all() as { name: string; n: number }[];
  const { patients, rejected, twice, groups: members } = wanted.file;
  const found = {
    patients: number('SELECT count(*) AS n FROM Patient'),
    rejected: number("SELECT count(*) AS n FROM ImportRow WHERE outcome = 'REJECTED'"),
    twice: number("SELECT count(*) AS n FROM ImportRow WHERE outcome = 'DUPLICATE'"),
    audited: number("SELECT count(*) AS n FROM AuditEntry WHERE action = 'import.apply'"),
    texts: number("SELECT count(*) AS n FROM Message WHERE direction = 'INBOUND'"),
    failed: wanted.failed,
    ...Object.fromEntries(groups.map(({ name, n }) => [name, n])),
  };
  db.close();
  const { '': _none, ...named } = members;
  const meant = { patients, rejected, twice, audited: 1, texts: wanted.texts, failed: 0, ...named };
  for (const [name, count] of Object.entries(meant)) {
    const is = (found as Readonly<Record<string, number>>)[name];
    if (is !== count) throw new Error(`${name}: ${String(is)}; ${count} were wanted`);
  }
}
