import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../domain/errors';
import { type DatabasePlace, keyPragma, openConnection } from './connection';

/** Readable by their owner only: backups hold what the database holds. */
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * A consistent copy of a database that may be in use, encrypted with the same key. It appears under its name when it is
 * complete, and never before. Blocks until it is done: a server uses {@link copyAside}.
 * @throws AppError BACKUP_EXISTS
 */
export function copyDatabase(place: DatabasePlace, target: string): void {
  if (existsSync(target)) {
    throw new AppError('BACKUP_EXISTS', {
      message: 'the backup file exists',
      userMessage: `${target} exists already. Choose another name; a backup never overwrites one.`,
    });
  }
  mkdirSync(dirname(target), { recursive: true, mode: PRIVATE_FOLDER });
  const part = `${target}.part`;
  rmSync(part, { force: true });
  // SQLite fills an empty file as it finds it: nobody else can read it for a moment, either.
  writeFileSync(part, '', { mode: PRIVATE_FILE });
  const database = openConnection(place, { fileMustExist: true });
  try {
    database.prepare('VACUUM INTO ?').run(part);
  } finally {
    database.close();
  }
  renameSync(part, target);
}

/** The same in a thread of its own: a large copy takes seconds, and webhooks are answered meanwhile. */
export function copyAside(place: DatabasePlace, target: string, programFolder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(join(programFolder, 'store/copy-thread.js'), { workerData: { place, target } });
    thread.once('error', reject);
    thread.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('the copy failed'))));
  });
}

/**
 * Encrypts a database file anew, in place; undefined makes it plain. Nobody else may have it open: it is for copies.
 * The journal must be a plain one while SQLite3 Multiple Ciphers rewrites the pages.
 */
export function changeKey(place: DatabasePlace, to: string | undefined): void {
  const database = openConnection(place, { fileMustExist: true });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec(keyPragma(to ?? '').replace('PRAGMA key', 'PRAGMA rekey'));
  } finally {
    database.close();
  }
}
