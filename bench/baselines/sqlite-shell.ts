import { spawnSync } from 'node:child_process';
import { COLUMNS, PATIENTS } from './patients-table';

/** The sqlite3 program alone: .import into a table of its own, then one upsert. Null where there is no such program. */
function main(): void {
  const [path = '', folder = '', rows = '0'] = process.argv.slice(2);
  const staging = [...COLUMNS, 'notes'].map((name) => `"${name}" TEXT`).join(', ');
  const script = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE staging (${staging});
${PATIENTS}
.mode csv
.import --skip 1 "${path}" staging
INSERT INTO patient (${COLUMNS.join(', ')}) SELECT ${COLUMNS.join(', ')} FROM staging WHERE 1
  ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, first = excluded.first, last = excluded.last;`;
  const began = performance.now();
  const done = spawnSync('sqlite3', [`${folder}/sqlite-shell.db`], { input: script, encoding: 'utf8' });
  const ms = performance.now() - began;
  process.send?.(done.error ? { ms: null, rows: 0 } : { ms, rows: Number(rows) });
}

main();
