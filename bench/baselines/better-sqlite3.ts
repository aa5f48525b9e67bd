import { createReadStream } from 'node:fs';
import Database from 'better-sqlite3';
import Papa from 'papaparse';
import { COLUMNS, PATIENTS } from './patients-table';

/** better-sqlite3 and papaparse alone: a prepared upsert a row in one transaction, nothing looked at. */
async function main(): Promise<void> {
  const [path = '', folder = ''] = process.argv.slice(2);
  const db = new Database(`${folder}/better-sqlite3.db`);
  db.pragma('journal_mode = WAL');
  db.exec(PATIENTS);
  const add = db.prepare(
    `INSERT INTO patient (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, first = excluded.first, last = excluded.last`,
  );
  const began = performance.now();
  db.exec('BEGIN');
  let rows = 0;
  for await (const row of createReadStream(path).pipe(Papa.parse(Papa.NODE_STREAM_INPUT, {}))) {
    if (rows > 0) add.run((row as string[]).slice(0, COLUMNS.length));
    rows += 1;
  }
  db.exec('COMMIT');
  process.send?.({ ms: performance.now() - began, rows: rows - 1 });
}

void main();
