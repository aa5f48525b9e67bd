import { costOf, Part } from './processes';
import { runApp, type Sandbox, Scratch, startSandbox } from './sandbox';
import { seedCampaign } from './seed';
import { inWords, perSecond, type Row } from './table';

interface Summary {
  readonly messages: number;
}

/** A campaign sent with all promises on, beside the bare clients that promise nothing. */
export async function benchDispatch(recipients: number, latencyMs: number): Promise<Row[]> {
  const ours = await sendCampaign(recipients, latencyMs);
  const row = (name: string, base: number, goal: string): Row => ({
    what: `dispatch, ${recipients.toLocaleString('en-US')} recipients, Twilio ${latencyMs} ms away`,
    figure: `${inWords(ours.rate)} (${ours.cpuMs.toFixed(2)} ms of processor each)`,
    baseline: `${name}: ${inWords(base)}`,
    ratio: (ours.rate / base).toFixed(2),
    goal,
    peakMb: ours.peakMb,
    itemUs: 1e6 / ours.rate,
  });
  const near = latencyMs === 0;
  const twilio = await bare('baselines/twilio-client', { count: near ? 10_000 : 4_000, atOnce: 50, latencyMs });
  const undici = await bare('baselines/undici', { count: 10_000, atOnce: 100, latencyMs });
  return [
    row('twilio client alone, 50 at once', twilio, near ? '≥ 1.8' : '–'),
    row('undici alone, 100 at once', undici, near ? '–' : '≥ 0.95'),
  ];
}

interface BareRun {
  readonly count: number;
  readonly atOnce: number;
  readonly latencyMs: number;
}

async function bare(name: string, { count, atOnce, latencyMs }: BareRun): Promise<number> {
  const sandbox = await startSandbox({ latencyMs });
  const { address, env } = sandbox;
  const credentials = [env.TWILIO_ACCOUNT_SID ?? '', env.TWILIO_AUTH_TOKEN ?? '', env.TWILIO_FROM ?? ''];
  const part = new Part(name, [address, ...credentials, String(count), String(atOnce)]);
  const { ms } = (await part.next()) as { ms: number };
  await part.stop();
  await sandbox.stop();
  return perSecond(count, ms);
}

async function sendCampaign(recipients: number, latencyMs: number) {
  const sandbox = await startSandbox({ latencyMs });
  const scratch = new Scratch();
  await seedCampaign(scratch.url, recipients);
  const app = await runApp(sandbox, scratch);
  const began = await whenSent(sandbox, 1);
  const ended = await whenSent(sandbox, recipients);
  const cost = costOf(app);
  await app.stop();
  await check(sandbox, recipients);
  await sandbox.stop();
  scratch.remove();
  return {
    rate: perSecond(recipients, ended - began),
    cpuMs: (cost.cpuSeconds * 1000) / recipients,
    peakMb: cost.peakMb,
  };
}

async function whenSent({ address }: Sandbox, count: number): Promise<number> {
  for (;;) {
    const { messages } = (await (await fetch(`${address}/twilio/control/summary`)).json()) as Summary;
    if (messages >= count) return performance.now();
    await new Promise((resolve) => setTimeout(resolve, 50)); // summarising costs the sandbox a pass
  }
}

/** A bench that sent wrongly prints nothing. */
async function check({ address }: Sandbox, recipients: number): Promise<void> {
  const records = (await (await fetch(`${address}/twilio/control/messages`)).json()) as { to: string }[];
  const numbers = new Set(records.map(({ to }) => to));
  if (records.length !== recipients || numbers.size !== recipients) {
    throw new Error(`sent ${records.length} texts to ${numbers.size} numbers; ${recipients} were wanted`);
  }
}
