import { costOf } from './processes';
import { runApp, Scratch, startSandbox } from './sandbox';
import { seedCampaign } from './seed';
import type { Row } from './table';

/** How long each rate is watched, seconds. */
const WATCHED_S = 22;
const WINDOW_MS = 10_000;

/** The rate that Twilio allows, and how much of it is used: over every ten seconds, and at most in any one. */
export async function benchPace(rate: number): Promise<Row[]> {
  const sandbox = await startSandbox();
  const scratch = new Scratch();
  await seedCampaign(scratch.url, Math.ceil(rate * (WATCHED_S + 8)));
  const app = await runApp(sandbox, scratch, { TWILIO_RATE: String(rate) });
  await new Promise((resolve) => setTimeout(resolve, WATCHED_S * 1_000));
  const { peakMb } = costOf(app);
  const records = (await (await fetch(`${sandbox.address}/twilio/control/messages`)).json()) as { createdAt: string }[];
  await app.stop();
  await sandbox.stop();
  scratch.remove();
  const times = records.map(({ createdAt }) => Date.parse(createdAt)).sort((a, b) => a - b);
  const used = overEveryWindow(times).map((count) => count / (rate * (WINDOW_MS / 1000)));
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return [
    {
      what: `pace, ${rate} a second`,
      figure: `${percent(Math.min(...used))} to ${percent(Math.max(...used))} over every 10 s; at most ${mostInASecond(times)} in any second`,
      baseline: `the rate that is allowed: ${rate}/s`,
      ratio: (used.reduce((a, b) => a + b, 0) / used.length).toFixed(3),
      goal: '98–100 %, never over it',
      peakMb,
    },
  ];
}

/** How many went in the ten seconds that begin with each; the first second is the start, and the windows must be whole. */
function overEveryWindow(times: readonly number[]): number[] {
  const last = times.at(-1) ?? 0;
  const begins = times.filter((at) => at >= (times[0] ?? 0) + 1_000 && at + WINDOW_MS <= last);
  if (begins.length === 0) throw new Error('nothing was sent for ten seconds');
  return begins.map((at) => within(times, at, WINDOW_MS));
}

const mostInASecond = (times: readonly number[]): number => Math.max(...times.map((at) => within(times, at, 1_000)));

/** How many of these sorted times are in [from, from + ms). */
function within(times: readonly number[], from: number, ms: number): number {
  return lowerBound(times, from + ms) - lowerBound(times, from);
}

function lowerBound(times: readonly number[], wanted: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
