import Database from 'better-sqlite3';
import { costOf } from './processes';
import { runApp, Scratch, startSandbox } from './sandbox';
import { seedCampaign } from './seed';
import type { Row } from './table';
import { sendWebhooks } from './webhooks';

const A_SECOND = 25;
/** One in four seconds: with its head card it takes two posts, and Slack takes about one a second in a channel. */
const UNEXPECTED_EVERY = 100;
/** Longest wait for what is left after the last reply, ms. */
const PATIENCE_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Shown {
  readonly class: string;
  /** From the moment it was stored until it stood in its thread, seconds; null while it does not. */
  readonly seconds: number | null;
}

const SHOWN = `
  SELECT m.replyClass AS class, CASE WHEN p.ts IS NULL THEN NULL ELSE CAST(p.ts AS REAL) - m.createdAt / 1000.0 END AS seconds
  FROM Message m LEFT JOIN Post p ON p.key = 'reply:' || m.id WHERE m.direction = 'INBOUND'`;

/** Replies to a campaign, while thousands of expected ones wait for Slack: how soon does staff see what needs them? */
export async function benchThreads(minutes: number): Promise<Row[]> {
  const count = minutes * 60 * A_SECOND;
  const sandbox = await startSandbox();
  const scratch = new Scratch();
  await seedCampaign(scratch.url, count, 'PAUSED');
  askAll(scratch.file);
  const app = await runApp(sandbox, scratch);
  const token = sandbox.env.TWILIO_AUTH_TOKEN ?? '';
  const order = { address: app.address, token, kind: 'inbound', count, rate: A_SECOND } as const;
  const load = await sendWebhooks({ ...order, unexpectedEvery: UNEXPECTED_EVERY });
  const waits = await untilShown(scratch.file, count);
  const { peakMb } = costOf(app);
  await app.stop();
  await sandbox.stop();
  scratch.remove();
  const at = (share: number): number => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
  return [
    {
      what: `threads, ${count.toLocaleString('en-US')} replies at ${A_SECOND}/s, ${waits.length} unexpected`,
      figure: `unexpected in Slack: median ${at(0.5).toFixed(1)} s, p99 ${at(0.99).toFixed(1)} s; webhooks p99 ${load.p99.toFixed(0)} ms`,
      baseline: 'Slack takes about one post a second in a channel',
      ratio: '–',
      goal: 'p99 ≤ 5 s, ≤ 250 MB, webhooks < 1 s',
      peakMb,
    },
  ];
}

/** Everybody has got the text, and YES is what it expects. */
function askAll(file: string): void {
  const db = new Database(file);
  db.exec(`
    INSERT INTO ExpectedReply (versionId, position, label, words)
    SELECT templateVersionId, 0, 'YES', '["yes"]' FROM Campaign`);
  db.prepare(
    `UPDATE Message SET state = 'DELIVERED', submittedAt = ?, settledAt = ?, sid = 'SM' || printf('%032x', id - 1)`,
  ).run(Date.now(), Date.now());
  db.close();
}

/** @returns the waits of the unexpected ones, shortest first @throws Error when a reply is lost, or is not shown */
async function untilShown(file: string, count: number): Promise<number[]> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const db = new Database(file, { readonly: true });
    const all = db.prepare<[], Shown>(SHOWN).all();
    db.close();
    if (all.length !== count) throw new Error(`${all.length} of ${count} replies were kept`);
    const unexpected = all.filter((shown) => shown.class === 'unexpected');
    const waits = unexpected.flatMap(({ seconds }) => seconds ?? []);
    const isWhole = unexpected.length === Math.floor(count / UNEXPECTED_EVERY) && waits.length === unexpected.length;
    if (isWhole) return waits.sort((a, b) => a - b);
    if (performance.now() > until) throw new Error(`${waits.length} of ${unexpected.length} unexpected ones are shown`);
    await pause(500);
  }
}
