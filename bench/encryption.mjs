// What DATABASE_KEY costs: the same work on a plain and on an encrypted file, in turn, medians of five.
//   node bench/encryption.mjs
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const ROUNDS = 5;
const ROWS = 50_000;
const folder = mkdtempSync(join(tmpdir(), 'carethread-bench-'));

function round(name, key) {
  const database = new Database(join(folder, name));
  if (key) database.exec(`PRAGMA key = '${key}'`);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
  database.exec(
    'CREATE TABLE m (id INTEGER PRIMARY KEY, phone TEXT, text TEXT, state TEXT); CREATE INDEX i ON m (state, id)',
  );
  const insert = database.prepare('INSERT INTO m (phone, text, state) VALUES (?, ?, ?)');
  const times = {};
  const timed = (what, work) => {
    const begun = performance.now();
    work();
    times[what] = performance.now() - begun;
  };
  timed('insert in batches of 1,000', () => {
    for (let from = 0; from < ROWS; from += 1_000)
      database.transaction(() => {
        for (let i = from; i < from + 1_000; i += 1)
          insert.run(`+1617${2_000_000 + i}`, `Your second dose is ready, patient ${i}.`, 'QUEUED');
      })();
  });
  timed('claim in batches of 500', () => {
    const claim = database.prepare(
      `UPDATE m SET state = 'SENDING' WHERE id IN (SELECT id FROM m WHERE state = 'QUEUED' LIMIT 500) RETURNING id`,
    );
    while (claim.all().length > 0);
  });
  timed('read all', () => database.prepare(`SELECT count(*) FROM m WHERE text LIKE '%nobody%'`).get());
  database.close();
  return times;
}

const taken = { plain: [], encrypted: [] };
for (let i = 0; i < ROUNDS; i += 1) {
  taken.plain.push(round(`plain-${i}.db`));
  taken.encrypted.push(round(`encrypted-${i}.db`, 'a key for this bench only'));
}
rmSync(folder, { recursive: true });
const median = (kind, what) => taken[kind].map((times) => times[what]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
for (const what of Object.keys(taken.plain[0])) {
  const [plain, encrypted] = [median('plain', what), median('encrypted', what)];
  console.log(
    `${what}: plain ${plain.toFixed(0)} ms, encrypted ${encrypted.toFixed(0)} ms (${(encrypted / plain).toFixed(2)} ×)`,
  );
}
