import { cpus, totalmem } from 'node:os';
import { benchAudience } from './audience';
import { benchDispatch } from './dispatch';
import { benchGrowth } from './growth';
import { benchImport } from './import';
import { benchMemory } from './memory';
import { benchPace } from './pace';
import { benchStart } from './start';
import { benchThreads } from './threads';
import { type Row, table } from './table';
import { benchInbound, benchStatus } from './webhooks';

/** `--large` adds the sizes that take minutes. */
const large = process.argv.includes('--large');

/** Each is a list of runs; a run that finds a wrong result throws, and nothing is printed of it. */
const BENCHES: Readonly<Record<string, readonly (() => Promise<Row[]>)[]>> = {
  dispatch: [
    () => benchDispatch(25_000, 0),
    () => benchDispatch(10_000, 80),
    ...(large ? [() => benchDispatch(250_000, 0)] : []),
  ],
  audience: [25_000, ...(large ? [250_000] : [])].map((recipients) => () => benchAudience(recipients)),
  pace: [1, 12, 75, 225, 1_000].map((rate) => () => benchPace(rate)),
  inbound: [() => benchInbound(20_000)],
  threads: [() => benchThreads(large ? 5 : 1)],
  status: [() => benchStatus(large ? 250_000 : 50_000)],
  import: [10_000, 100_000, ...(large ? [1_000_000] : [])].map((rows) => () => benchImport(rows)),
  start: [() => benchStart(large ? 1_000_000 : 100_000)],
  growth: [benchGrowth],
  memory: [() => benchMemory(1_000_000, 250_000)],
};

/** Only when asked for by name: they are the largest runs once more. */
const ON_DEMAND: readonly string[] = ['growth', 'memory'];

async function main(): Promise<void> {
  const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const names = asked.length === 0 ? Object.keys(BENCHES).filter((name) => !ON_DEMAND.includes(name)) : asked;
  const rows: Row[] = [];
  for (const name of names) {
    const runs = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (!runs) throw new Error(`There is no bench “${name}”; there are: ${Object.keys(BENCHES).join(', ')}.`);
    for (const run of runs) {
      rows.push(...(await run()));
      // Long runs are watched: what is known is said, and the table comes at the end.
      process.stderr.write(`${rows.at(-1)?.what ?? ''}: ${rows.at(-1)?.figure ?? ''}\n`);
    }
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
  else console.log(`${machine()}\n\n${table(rows)}`);
}

const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
