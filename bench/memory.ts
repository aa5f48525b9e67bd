import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchDispatch } from './dispatch';
import { benchImport } from './import';
import { plot } from './plot';
import { recordings, root } from './processes';
import type { Row } from './table';

const LIMIT_MB = 400;

/** The app's resident size while a million rows are imported and 250,000 texts are sent, as docs/memory.svg. */
export async function benchMemory(rows: number, recipients: number): Promise<Row[]> {
  const curves = [];
  const printed: Row[] = [];
  for (const [what, run] of [
    [`${rows.toLocaleString('en-US')} rows imported`, () => benchImport(rows)],
    [`${recipients.toLocaleString('en-US')} texts sent`, () => benchDispatch(recipients, 0)],
  ] as const) {
    recordings.length = 0;
    printed.push(...(await run()));
    curves.push({ what, points: recordings[0] ?? [] });
  }
  writeFileSync(join(root, 'docs/memory.svg'), plot(curves, { x: 'seconds', y: 'MB resident', most: LIMIT_MB }));
  return printed;
}
