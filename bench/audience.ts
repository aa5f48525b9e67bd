import Database from 'better-sqlite3';
import { postJson } from '../src/sandbox/driver/http';
import { SandboxDriver } from '../src/sandbox/driver/sandbox-driver';
import { costOf, Part } from './processes';
import { runApp, Scratch, startSandbox } from './sandbox';
import { seedAudience } from './seed';
import { inWords, perSecond, type Row } from './table';

const CHANNEL = 'C0GENERAL';

/**
 * From the moment when the send's form is handed in until its audience is frozen, text by text, counted and hashed; beside
 * one bare statement that only writes the same rows into an empty database with the same indexes.
 */
export async function benchAudience(recipients: number): Promise<Row[]> {
  const sandbox = await startSandbox();
  const scratch = new Scratch();
  await seedAudience(scratch.url, recipients);
  const app = await runApp(sandbox, scratch);
  await postJson(`${sandbox.address}/slack/control/app`, { requestUrl: `${app.address}/slack/events` });
  const sender = (await SandboxDriver.at(sandbox.address)).staff('sender');
  await sender.types('/outreach send bench to Bench', CHANNEL);
  await sender.modal();
  const began = performance.now();
  await sender.submits({ Template: 'Bench' });
  await whenFrozen(scratch.file);
  const ms = performance.now() - began;
  const { peakMb } = costOf(app);
  await app.stop();
  await sandbox.stop();
  check(scratch.file, recipients);
  const part = new Part('baselines/insert-select', [scratch.file, scratch.folder]);
  const base = (await part.next()) as { ms: number; rows: number };
  await part.stop();
  if (base.rows !== recipients) throw new Error(`the bare statement wrote ${base.rows} of ${recipients}`);
  scratch.remove();
  const [ours, bare] = [perSecond(recipients, ms), perSecond(recipients, base.ms)];
  return [
    {
      what: `audience, ${recipients.toLocaleString('en-US')} recipients frozen`,
      figure: `${inWords(ours)} (${(ms / 1000).toFixed(1)} s)`,
      baseline: `INSERT … SELECT alone: ${inWords(bare)} (${(base.ms / 1000).toFixed(1)} s)`,
      ratio: (ours / bare).toFixed(2),
      goal: '≥ 100,000/s, ≥ 0.1',
      peakMb,
      itemUs: 1e6 / ours,
    },
  ];
}

async function whenFrozen(file: string): Promise<void> {
  const db = new Database(file, { readonly: true, timeout: 10_000 });
  const find = db.prepare<[], { frozen: number; problem: string | null }>(
    'SELECT frozenAt IS NOT NULL AS frozen, problem FROM Campaign',
  );
  try {
    for (;;) {
      const found = find.get();
      if (found?.problem != null) throw new Error(`it was refused: ${found.problem}`);
      if (found?.frozen === 1) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    db.close();
  }
}

/** A bench that froze wrongly prints nothing. */
function check(file: string, recipients: number): void {
  const db = new Database(file, { readonly: true });
  const number = (sql: string): number => (db.prepare(sql).get() as { n: number }).n;
  const found = {
    campaign: number('SELECT recipients AS n FROM Campaign'),
    texts: number(`SELECT count(*) AS n FROM Message WHERE state = 'QUEUED'`),
    patients: number('SELECT count(DISTINCT patientId) AS n FROM Message'),
    rendered: number(`SELECT count(*) AS n FROM Message m JOIN Patient p ON p.id = m.patientId
      WHERE m.text = 'Hi ' || p.firstName || ', this is your clinic. Reply YES or NO.' AND m.phone = p.phone`),
  };
  db.close();
  for (const [name, count] of Object.entries(found))
    if (count !== recipients) throw new Error(`${name}: ${count}; ${recipients} were wanted`);
}
