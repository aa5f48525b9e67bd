import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors';
import { type DatabasePlace, openConnection } from './connection';

/** As Prisma Migrate makes it, so that `prisma migrate deploy` and `status` agree with what we did. */
const LEDGER = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/**
 * Brings a database file up to the migrations in `directory`, each in one transaction. Two processes that start at
 * once do no harm: the second waits and finds nothing to do.
 * @param before called when a database that was in use is about to be changed; what it throws keeps it as it is
 * @returns the names of those that were applied
 * @throws AppError DATABASE_NEWER when the file was written by a newer CareThread, MIGRATION_CHANGED when a migration
 *   that was applied has been edited since
 */
export function migrate(place: DatabasePlace, directory: string, before?: () => void): string[] {
  const database = openConnection(place);
  try {
    database.pragma('journal_mode = WAL');
    const wanted = readMigrations(directory);
    if (before !== undefined && isUpgrade(database, wanted)) before();
    return database.transaction(() => applyMissing(database, wanted)).immediate();
  } finally {
    database.close();
  }
}

function readMigrations(directory: string): Migration[] {
  const names = readdirSync(directory).filter((name) => existsSync(join(directory, name, 'migration.sql')));
  return names.sort().map((name) => {
    const sql = readFileSync(join(directory, name, 'migration.sql'), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** Not for a new, empty database, and not when there is nothing to do. */
function isUpgrade(database: Database.Database, wanted: readonly Migration[]): boolean {
  const hasLedger = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
  if (hasLedger === undefined) return false;
  const applied = readLedger(database);
  return applied.size > 0 && wanted.some(({ name }) => !applied.has(name));
}

function applyMissing(database: Database.Database, wanted: readonly Migration[]): string[] {
  database.exec(LEDGER);
  const applied = readLedger(database);
  refuseStrangers(applied, wanted);
  const missing = wanted.filter(({ name }) => !applied.has(name));
  for (const migration of missing) {
    database.exec(migration.sql);
    database
      .prepare(
        `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
         VALUES (?, ?, ?, ?, ?, 1)`,
      )
      .run(randomUUID(), migration.checksum, Date.now(), migration.name, Date.now());
  }
  return missing.map(({ name }) => name);
}

function readLedger(database: Database.Database): Map<string, string> {
  const rows = database
    .prepare<[], { name: string; checksum: string }>(
      'SELECT migration_name AS name, checksum FROM "_prisma_migrations" WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL',
    )
    .all();
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function refuseStrangers(applied: ReadonlyMap<string, string>, wanted: readonly Migration[]): void {
  const known = new Map(wanted.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of applied) {
    const ours = known.get(name);
    if (ours === undefined) {
      throw new AppError('DATABASE_NEWER', {
        message: `migration ${name} is unknown`,
        userMessage: `This database was written by a newer CareThread (${name}). Start that version, or restore an older backup.`,
      });
    }
    if (ours !== checksum) {
      throw new AppError('MIGRATION_CHANGED', {
        message: `migration ${name} has changed`,
        userMessage: `The file of migration ${name} is not the one that was applied. Restore prisma/migrations from the release.`,
      });
    }
  }
}
