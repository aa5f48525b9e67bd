import { cpus } from 'node:os';
import { benchDispatch } from './dispatch';
import { type Row, table } from './table';

const BENCHES: Readonly<Record<string, () => Promise<Row[]>>> = {
  dispatch: async () => [
    ...(await benchDispatch(Number(process.env.BENCH_N ?? 25_000), 0)),
    ...(await benchDispatch(10_000, 80)),
    ...(process.argv.includes('--large') ? await benchDispatch(250_000, 0) : []),
  ],
};

async function main(): Promise<void> {
  const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const names = asked.length === 0 ? Object.keys(BENCHES) : asked;
  const rows: Row[] = [];
  for (const name of names) {
    const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (!bench) throw new Error(`There is no bench “${name}”; there are: ${Object.keys(BENCHES).join(', ')}.`);
    rows.push(...(await bench()));
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
  else console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}\n\n${table(rows)}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
