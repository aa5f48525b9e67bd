import { benchAudience } from './audience';
import { benchDispatch } from './dispatch';
import { benchImport } from './import';
import { benchStart } from './start';
import type { Row } from './table';
import { benchInbound, benchStatus } from './webhooks';

const SIZES: Readonly<Record<string, readonly [(size: number) => Promise<Row[]>, readonly number[]]>> = {
  import: [benchImport, [10_000, 100_000, 1_000_000]],
  audience: [benchAudience, [2_500, 25_000, 250_000]],
  dispatch: [(size) => benchDispatch(size, 0), [2_500, 25_000, 250_000]],
  inbound: [benchInbound, [200, 2_000, 20_000]],
  status: [benchStatus, [2_500, 25_000, 250_000]],
};

/** Each at three sizes, ten times apart: what one row, recipient, text or webhook costs must not grow with their number. */
export async function benchGrowth(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, [run, sizes]] of Object.entries(SIZES)) {
    const costs: number[] = [];
    for (const size of sizes) {
      const [row] = await run(size);
      if (row?.itemUs === undefined) throw new Error(`${name} does not say what one costs`);
      costs.push(row.itemUs);
      process.stderr.write(`${name}, ${size}: ${row.figure}\n`);
    }
    rows.push(growthOf(name, sizes, costs));
  }
  return [...rows, await startAtThreeSizes()];
}

const inWords = (numbers: readonly number[]): string => numbers.map((n) => n.toLocaleString('en-US')).join(', ');

/** Against the size before it: a small one carries what is paid once. */
const growthOf = (name: string, sizes: readonly number[], costs: readonly number[]): Row => ({
  what: `growth of ${name}: ${inWords(sizes)}`,
  figure: `${inWords(costs.map(Math.round))} µs each`,
  baseline: 'the size before it',
  ratio: costs
    .slice(1)
    .map((cost, i) => (cost / (costs[i] ?? cost)).toFixed(2))
    .join(', '),
  goal: '≤ 1.5',
  peakMb: 0,
});

async function startAtThreeSizes(): Promise<Row> {
  const sizes = [10_000, 100_000, 1_000_000];
  const times: number[] = [];
  for (const size of sizes) {
    const [row] = await benchStart(size);
    times.push((row?.itemUs ?? 0) / 1000);
  }
  return { ...growthOf('start', sizes, times), figure: `${inWords(times.map(Math.round))} ms until ready` };
}
