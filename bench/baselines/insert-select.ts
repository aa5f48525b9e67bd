import { join } from 'node:path';
import Database from 'better-sqlite3';

/** One statement that writes the texts of a frozen campaign into an empty table with the same indexes; nothing is decided. */
function main(): void {
  const [source = '', folder = ''] = process.argv.slice(2);
  const db = new Database(join(folder, 'insert-select.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = OFF');
  db.prepare('ATTACH ? AS source').run(source);
  const schema = db
    .prepare<[], { sql: string }>(
      `SELECT sql FROM source.sqlite_schema WHERE tbl_name = 'Message' AND type IN ('table', 'index') AND sql IS NOT NULL
       ORDER BY type DESC`,
    )
    .all();
  for (const { sql } of schema) db.exec(sql);
  const began = performance.now();
  const { changes } = db.prepare('INSERT INTO main.Message SELECT * FROM source.Message').run();
  process.send?.({ ms: performance.now() - began, rows: changes });
}

main();
