import Database from 'better-sqlite3';
import { costOf, Part } from './processes';
import { runApp, type RunningApp, type Sandbox, Scratch, startSandbox } from './sandbox';
import { seedCampaign } from './seed';
import { inWords, perSecond, type Row } from './table';

export interface Load {
  readonly ms: number;
  readonly refused: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

interface LoadOrder {
  readonly address: string;
  readonly token: string;
  readonly kind: 'inbound' | 'status';
  readonly count: number;
  readonly from?: number;
  readonly rate?: number;
  readonly unexpectedEvery?: number;
}

export async function sendWebhooks(order: LoadOrder): Promise<Load> {
  const part = new Part('webhook-load', [JSON.stringify({ from: 0, rate: 0, ...order })]);
  const load = (await part.next()) as Load;
  await part.stop();
  if (load.refused > 0) throw new Error(`${load.refused} of ${order.count} webhooks were refused`);
  return load;
}

/** The same webhooks to a bare Express that checks the signature and keeps nothing. */
async function bare(token: string, kind: LoadOrder['kind'], count: number): Promise<Load> {
  const part = new Part('baselines/express-signature', [token]);
  const { address } = (await part.next()) as { address: string };
  const load = await sendWebhooks({ address, token, kind, count });
  await part.stop();
  return load;
}

const rows = <T>(file: string, sql: string): T[] => {
  const db = new Database(file, { readonly: true });
  const found = db.prepare(sql).all() as T[];
  db.close();
  return found;
};

const countIn = (scratch: Scratch, what: string): number =>
  rows<{ n: number }>(scratch.file, `SELECT count(*) AS n FROM ${what}`)[0]?.n ?? 0;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Outcome {
  readonly load: Load;
  readonly peakMb: number;
  /** From the last answer until everything was worked on, seconds. */
  readonly lag: number;
}

function rowOf(
  what: string,
  { ours, base, count, goal }: { ours: Outcome; base: Load; count: number; goal: string },
): Row {
  const rate = perSecond(count, ours.load.ms);
  return {
    what,
    figure: `${inWords(rate)}, p99 ${ours.load.p99.toFixed(0)} ms; worked on ${ours.lag.toFixed(1)} s after the last`,
    baseline: `express 5 and twilio's check, nothing stored: ${inWords(perSecond(count, base.ms))}, p99 ${base.p99.toFixed(0)} ms`,
    ratio: (base.ms / ours.load.ms).toFixed(2),
    goal,
    peakMb: ours.peakMb,
    itemUs: 1e6 / rate,
  };
}

/** Runs a load against the app, and waits until nothing is left to do. */
async function measure(
  { sandbox, scratch, app }: { sandbox: Sandbox; scratch: Scratch; app: RunningApp },
  { kind, count, left }: { kind: LoadOrder['kind']; count: number; left: string },
): Promise<Outcome> {
  const token = sandbox.env.TWILIO_AUTH_TOKEN ?? '';
  const load = await sendWebhooks({ address: app.address, token, kind, count });
  const began = performance.now();
  while (countIn(scratch, left) > 0) await pause(100);
  return { load, lag: (performance.now() - began) / 1000, peakMb: costOf(app).peakMb };
}

/** Replies: on disk before the answer, each once. */
export async function benchInbound(count: number): Promise<Row[]> {
  const sandbox = await startSandbox();
  const scratch = new Scratch();
  await seedCampaign(scratch.url, count, 'PAUSED');
  const app = await runApp(sandbox, scratch, { REPLY_THREADS: 'unexpected' });
  const left = `Message WHERE direction = 'INBOUND' AND processedAt IS NULL`;
  const ours = await measure({ sandbox, scratch, app }, { kind: 'inbound', count, left });
  const kept = countIn(scratch, `(SELECT DISTINCT sid FROM Message WHERE direction = 'INBOUND')`);
  if (kept !== count) throw new Error(`${kept} of ${count} replies were kept`);
  await app.stop();
  const base = await bare(sandbox.env.TWILIO_AUTH_TOKEN ?? '', 'inbound', count);
  await sandbox.stop();
  scratch.remove();
  return [
    rowOf(`inbound, ${count.toLocaleString('en-US')} replies`, { ours, base, count, goal: '≥ 0.85, p99 ≤ 50 ms' }),
  ];
}

/** Status callbacks, two a message: stored before the answer, and applied. */
export async function benchStatus(count: number): Promise<Row[]> {
  const sandbox = await startSandbox();
  const scratch = new Scratch();
  const messages = count / 2;
  await seedCampaign(scratch.url, messages, 'PAUSED');
  const db = new Database(scratch.file);
  db.prepare(
    `UPDATE Message SET state = 'SUBMITTED', submittedAt = ?, twilioStatus = 'queued', sid = 'SM' || printf('%032x', id - 1)`,
  ).run(Date.now());
  db.close();
  const app = await runApp(sandbox, scratch);
  const left = 'DeliveryReport WHERE appliedAt IS NULL';
  const ours = await measure({ sandbox, scratch, app }, { kind: 'status', count, left });
  const delivered = countIn(scratch, `Message WHERE state = 'DELIVERED'`);
  if (delivered !== messages) throw new Error(`${delivered} of ${messages} are delivered`);
  await app.stop();
  const base = await bare(sandbox.env.TWILIO_AUTH_TOKEN ?? '', 'status', count);
  await sandbox.stop();
  scratch.remove();
  return [
    rowOf(`status, ${count.toLocaleString('en-US')} callbacks`, { ours, base, count, goal: '≥ 0.7, within 2 s' }),
  ];
}
