import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors';
import { type Finding, fail, judgeDisk, ok, warn } from '../domain/checkup';
import { type DatabasePlace, openConnection } from './connection';
import { migrationsDirectory, projectRoot } from './database';
import { Shelf } from './shelf';

export interface DatabaseCheck {
  readonly place: DatabasePlace;
  readonly backupDir: string;
  /** 0: no nightly backups are wanted. */
  readonly keep: number;
  readonly now: Date;
}

/** {@link checkDatabase} in a thread of its own: a large database takes seconds, and webhooks are answered meanwhile. */
export function checkDatabaseAside(check: DatabaseCheck): Promise<Finding[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(join(projectRoot, 'dist/app/store/check-thread.js'), { workerData: check });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

/** The file, what is in it, its backups, and the disk. Reads only; the app may be running. Blocks until it is done. */
export function checkDatabase(check: DatabaseCheck): Finding[] {
  const { place } = check;
  if (!existsSync(place.path))
    return [warn('There is no database yet', 'npm start makes it.'), ...checkDisk(place.path)];
  return [...checkContents(place), ...checkModes(place.path), checkBackups(check), ...checkDisk(place.path)];
}

/** A lock that lasts longer is somebody's, and is told of, in ms. */
const BUSY_MS = 2_000;

function checkContents(place: DatabasePlace): Finding[] {
  try {
    const database = openConnection(place, { readonly: true, timeout: BUSY_MS });
    try {
      if (!hasMigrations(database))
        return [
          fail(
            'This is not a database of CareThread’s',
            'DATABASE_URL has to name its file, or one that is not there yet.',
          ),
        ];
      return [checkPages(database), checkMigrations(database), checkEncryption(place)];
    } finally {
      database.close();
    }
  } catch (error) {
    return [whyUnreadable(error)];
  }
}

/** What is only held by somebody, or forbidden, is not damaged: a restore would lose what is in it. */
function whyUnreadable(error: unknown): Finding {
  if (error instanceof AppError) return fail('The database cannot be opened', error.userMessage);
  const code = String((error as { code?: unknown }).code);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return fail(
      'Another program holds the database, and nobody else can read it',
      'Close what has it open (a database browser, a copying tool), and look again.',
    );
  if (/^(SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM)/.test(code))
    return fail('The database cannot be opened', 'It has to belong to the user as whom the app runs: ls -l shows it.');
  return damaged();
}

const damaged = (): Finding =>
  fail('The database is damaged', 'Stop the app and restore the newest backup: npm run restore -- FILE');

const hasMigrations = (database: Database.Database): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get() !== undefined;

function checkPages(database: Database.Database): Finding {
  const verdict = database.pragma('quick_check', { simple: true });
  const orphans = database.pragma('foreign_key_check') as readonly unknown[];
  return verdict === 'ok' && orphans.length === 0 ? ok('The database is whole') : damaged();
}

function checkMigrations(database: Database.Database): Finding {
  const rows = database.prepare('SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL');
  const applied = rows.pluck().all() as string[];
  const known = readdirSync(migrationsDirectory).filter((name) =>
    existsSync(join(migrationsDirectory, name, 'migration.sql')),
  );
  if (applied.some((name) => !known.includes(name)))
    return fail(
      'The database is of a newer version of CareThread',
      'Start that version; or go back to a backup of before it (docs/operations.md, Upgrade).',
    );
  return applied.length === known.length
    ? ok(`All ${applied.length} migrations are applied`)
    : warn(
        `${applied.length} of ${known.length} migrations are applied`,
        'npm start applies the rest, after a backup.',
      );
}

const checkEncryption = ({ key }: DatabasePlace): Finding =>
  key === undefined
    ? warn('The database is not encrypted', 'Use an encrypted disk; or set DATABASE_KEY, stop the app, npm run rekey.')
    : ok('The database is encrypted');

function checkModes(path: string): Finding[] {
  const open = [path, dirname(path)].filter((one) => (statSync(one).mode & 0o077) !== 0);
  return open.length === 0
    ? [ok('Only its owner can read the database')]
    : [warn('Other users of this machine can look at the database or its folder', `chmod go-rwx ${open.join(' ')}`)];
}

const LATE_MS = 50 * 3_600_000;

function checkBackups({ backupDir, keep, now }: DatabaseCheck): Finding {
  const [newest] = new Shelf(backupDir).list();
  const mend = `npm run backup makes one now. Can ${backupDir} be written?`;
  if (keep === 0) return warn('No backups are made by themselves', 'Set BACKUP_KEEP to how many nights to keep.');
  if (!newest) return warn('There is no backup yet', mend);
  const hours = Math.round((now.getTime() - newest.at.getTime()) / 3_600_000);
  return now.getTime() - newest.at.getTime() > LATE_MS
    ? fail(`The newest backup is ${hours} hours old`, mend)
    : ok(`The newest backup is ${hours} hours old`);
}

function checkDisk(path: string): Finding[] {
  const { free, database } = roomOn(path);
  return [judgeDisk(free, database)];
}

/** The disk of the database, and the database's own size, in bytes. */
export function roomOn(path: string): { free: number; total: number; database: number } {
  const folder = existsSync(dirname(path)) ? dirname(path) : '.';
  const { bavail, blocks, bsize } = statfsSync(folder);
  return { free: bavail * bsize, total: blocks * bsize, database: existsSync(path) ? statSync(path).size : 0 };
}
