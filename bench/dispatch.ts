import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postJson } from '../src/sandbox/driver/http';
import { costOf, startApp, startPart } from './processes';
import { seedCampaign } from './seed';
import { inWords, perSecond, type Row } from './table';

interface Sandbox {
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Summary {
  readonly messages: number;
}

const CONCURRENCY = 50;

/** A campaign sent with all promises on, beside the bare clients that promise nothing. */
export async function benchDispatch(recipients: number, latencyMs: number): Promise<Row[]> {
  const ours = await sendCampaign(recipients, latencyMs);
  const sample = Math.min(recipients, latencyMs > 0 ? 4_000 : 10_000);
  const twilio = await bare('baselines/twilio-client', sample, latencyMs);
  const undici = await bare('baselines/undici', sample, latencyMs);
  const row = (name: string, base: number, goal: string): Row => ({
    what: `dispatch, ${recipients.toLocaleString('en-US')} recipients, Twilio ${latencyMs} ms away`,
    figure: `${inWords(ours.rate)} (${ours.cpuMs.toFixed(2)} ms of processor each)`,
    baseline: `${name}: ${inWords(base)}`,
    ratio: (ours.rate / base).toFixed(2),
    goal,
    peakMb: ours.peakMb,
  });
  return [
    row(`twilio client alone, ${CONCURRENCY} at once`, twilio, latencyMs === 0 ? '≥ 1.8' : '–'),
    row(`undici alone, ${CONCURRENCY} at once`, undici, latencyMs === 0 ? '–' : '≥ 0.95'),
  ];
}

async function startTwilio(latencyMs: number): Promise<Awaited<ReturnType<typeof startPart<Sandbox>>>> {
  const part = await startPart<Sandbox>('sandbox-process');
  await postJson(`${part.first.address}/twilio/control/settings`, { rate: 0, callbacksOff: true, latencyMs });
  return part;
}

async function bare(name: string, count: number, latencyMs: number): Promise<number> {
  const sandbox = await startTwilio(latencyMs);
  const { address, env } = sandbox.first;
  const credentials = [env.TWILIO_ACCOUNT_SID ?? '', env.TWILIO_AUTH_TOKEN ?? '', env.TWILIO_FROM ?? ''];
  const args = [address, ...credentials, String(count), String(CONCURRENCY)];
  const part = await startPart<{ ms: number }>(name, args);
  await part.stop();
  await sandbox.stop();
  return perSecond(count, part.first.ms);
}

async function sendCampaign(recipients: number, latencyMs: number) {
  const sandbox = await startTwilio(latencyMs);
  const { address, env } = sandbox.first;
  const folder = mkdtempSync(join(tmpdir(), 'carethread-bench-'));
  const url = `file:${join(folder, 'bench.db')}`;
  await seedCampaign(url, recipients);
  const more = { DATABASE_URL: url, PORT: '0', TWILIO_RATE: '0', TEXTING_WINDOW: '00:00-24:00' };
  const app = startApp({ ...env, ...more });
  const began = await whenSent(address, 1);
  const ended = await whenSent(address, recipients);
  const cost = costOf(app.process.pid ?? 0);
  await app.stop();
  await check(address, recipients);
  await sandbox.stop();
  rmSync(folder, { recursive: true });
  return {
    rate: perSecond(recipients, ended - began),
    cpuMs: (cost.cpuSeconds * 1000) / recipients,
    peakMb: cost.peakMb,
  };
}

async function whenSent(address: string, count: number): Promise<number> {
  for (;;) {
    const { messages } = (await (await fetch(`${address}/twilio/control/summary`)).json()) as Summary;
    if (messages >= count) return performance.now();
    await new Promise((resolve) => setTimeout(resolve, 50)); // summarising costs the sandbox a pass
  }
}

/** A bench that sent wrongly prints nothing. */
async function check(address: string, recipients: number): Promise<void> {
  const records = (await (await fetch(`${address}/twilio/control/messages`)).json()) as { to: string }[];
  const numbers = new Set(records.map(({ to }) => to));
  if (records.length !== recipients || numbers.size !== recipients) {
    throw new Error(`sent ${records.length} texts to ${numbers.size} numbers; ${recipients} were wanted`);
  }
}
