import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../domain/errors';
import { type Finding, fail, judgeDisk, ok, warn } from '../domain/checkup';
import { type DatabasePlace, openConnection } from './connection';
import { migrationsDirectory } from './database';
import { Shelf } from './shelf';

export interface DatabaseCheck {
  readonly place: DatabasePlace;
  readonly backupDir: string;
  /** 0: no nightly backups are wanted. */
  readonly keep: number;
  readonly now: Date;
}

/** The file, what is in it, its backups, and the disk. Reads only; the app may be running. */
export function checkDatabase(check: DatabaseCheck): Finding[] {
  const { place } = check;
  if (!existsSync(place.path))
    return [warn('There is no database yet', 'npm start makes it.'), ...checkDisk(place.path)];
  return [...checkContents(place), ...checkModes(place.path), checkBackups(check), ...checkDisk(place.path)];
}

function checkContents(place: DatabasePlace): Finding[] {
  const restore = 'Stop the app and restore the newest backup: npm run restore -- FILE';
  try {
    const database = openConnection(place, { readonly: true });
    try {
      const verdict = database.pragma('quick_check', { simple: true });
      const orphans = database.pragma('foreign_key_check') as readonly unknown[];
      const applied = database.prepare('SELECT count(*) FROM "_prisma_migrations"').pluck().get() as number;
      const known = readdirSync(migrationsDirectory).filter((name) =>
        existsSync(join(migrationsDirectory, name, 'migration.sql')),
      );
      return [
        verdict === 'ok' && orphans.length === 0
          ? ok('The database is whole')
          : fail('The database is damaged', restore),
        applied === known.length
          ? ok(`All ${applied} migrations are applied`)
          : warn(
              `${applied} of ${known.length} migrations are applied`,
              'npm start applies the rest, after a backup. If there are more than known: start the newer version.',
            ),
        place.key === undefined
          ? warn(
              'The database is not encrypted',
              'Use an encrypted disk; or set DATABASE_KEY, stop the app, npm run rekey.',
            )
          : ok('The database is encrypted'),
      ];
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof AppError) return [fail('The database cannot be opened', error.userMessage)];
    return [fail('The database is damaged', restore)];
  }
}

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
