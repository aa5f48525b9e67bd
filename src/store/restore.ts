import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors';
import { type DatabasePlace, openConnection } from './connection';
import { changeKey } from './copy';
import { migrationsDirectory } from './database';
import { holdAlone } from './hold-alone';
import { migrate } from './migrate';
import { carryOver } from './restore-carry-over';
import { lastSign, markDoubts, type Restored } from './restore-marks';

export interface RestoreRequest {
  readonly place: DatabasePlace;
  /** The backup. */
  readonly file: string;
  /** Tried when the present key does not fit the backup; `undefined` in it means plain. */
  readonly otherKeys: readonly (string | undefined)[];
  /** Overwrite a database that has seen more than the backup. */
  readonly force: boolean;
  readonly now: Date;
}

export interface RestoreResult extends Restored {
  /** The database that was there before, kept beside the new one; null when there was none. */
  readonly replaced: string | null;
  /** False: it could not be read, and what staff decided since the backup is not known. */
  readonly carriedOver: boolean;
  /** Sends that were paused, because nobody knows whether somebody has stopped them since. */
  readonly paused: number;
}

/**
 * Puts a backup in the database's place. All the work is done on a copy; the last step is one rename, so whatever dies, there
 * is one whole database. What waited to be sent is marked: Twilio is asked before any of it goes out (settle-restored.ts).
 * @throws AppError RESTORE_NO_BACKUP, RESTORE_DAMAGED, RESTORE_OLDER; DATABASE_IN_USE; DATABASE_KEY_…; DATABASE_NEWER
 */
export function restoreDatabase(request: RestoreRequest): RestoreResult {
  const { place, file, now } = request;
  if (!existsSync(file)) throw refusal('NO_BACKUP', `There is no file ${file}. Look into the folder of backups.`);
  const fresh = prepare(request);
  const former = existsSync(place.path) ? holdFormer(place) : null;
  try {
    const database = openConnection({ ...place, path: fresh });
    try {
      if (former && !request.force) refuseNewer(former, { database, file });
      const done = database.transaction(() => {
        const restored = markDoubts(database, now);
        return { ...restored, ...carryOver(database, { former, now }) };
      })();
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
      former?.close();
      return { ...done, replaced: putInPlace(place.path, { fresh, now }) };
    } finally {
      database.close();
    }
  } finally {
    former?.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(fresh + suffix, { force: true });
  }
}

/** A private copy beside the database: whole, of a version that we know, and with the present key. */
function prepare({ place, file, otherKeys }: RestoreRequest): string {
  mkdirSync(dirname(place.path), { recursive: true, mode: 0o700 });
  const fresh = `${place.path}.restoring`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(fresh + suffix, { force: true });
  copyFileSync(file, fresh);
  chmodSync(fresh, 0o600);
  // A copy that was made by hand of a database in use: what is not in the file yet is beside it.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${fresh}-wal`);
  const key = fittingKey(fresh, [place.key, ...otherKeys]);
  checkWhole({ path: fresh, key }, file);
  if (key !== place.key) changeKey({ path: fresh, key }, place.key);
  migrate({ ...place, path: fresh }, migrationsDirectory);
  return fresh;
}

function fittingKey(path: string, keys: readonly (string | undefined)[]): string | undefined {
  let first: unknown;
  for (const key of keys) {
    try {
      openConnection({ path, key }).close();
      return key;
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

function checkWhole(place: DatabasePlace, file: string): void {
  const database = openConnection(place);
  try {
    const verdict = database.pragma('integrity_check', { simple: true });
    const isOurs = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get();
    if (verdict !== 'ok') throw refusal('DAMAGED', `${basename(file)} is damaged. Take an older backup.`);
    if (isOurs === undefined) throw refusal('DAMAGED', `${basename(file)} is no backup of CareThread.`);
  } finally {
    database.close();
  }
}

/** Null when it cannot be read: then there is nothing to protect, and nothing to learn from it. */
function holdFormer(place: DatabasePlace): Database.Database | null {
  try {
    return holdAlone(place);
  } catch (error) {
    if (error instanceof AppError && error.code === 'DATABASE_IN_USE') throw error;
    return null;
  }
}

function refuseNewer(
  former: Database.Database,
  { database, file }: { database: Database.Database; file: string },
): void {
  const [there, here] = [lastSign(former), lastSign(database)];
  if (there === null || (here !== null && there <= here)) return;
  const day = (at: number | null): string => (at === null ? 'never' : `${new Date(at).toISOString().slice(0, 16)}Z`);
  throw refusal(
    'OLDER',
    `The database in place was last used at ${day(there)}, ${basename(file)} at ${day(here)}: what came between would be ` +
      'given up. If that is what you want, add --force. The present database is kept beside the new one.',
  );
}

/** @returns where the former database is now */
function putInPlace(path: string, { fresh, now }: { fresh: string; now: Date }): string | null {
  const kept = `${path}.replaced-${now.toISOString().slice(0, 19).replace(/:/g, '-')}Z`;
  const wasThere = existsSync(path);
  if (wasThere) keepAside(path, kept);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(fresh, path);
  return wasThere ? kept : null;
}

/** Not every file system has links. */
function keepAside(path: string, kept: string): void {
  try {
    linkSync(path, kept);
  } catch {
    copyFileSync(path, kept);
  }
  chmodSync(kept, 0o600);
}

const refusal = (what: string, userMessage: string): AppError =>
  new AppError(`RESTORE_${what}`, { message: `the restore was refused: ${what}`, userMessage });
