import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../domain/errors';

/** Where the database lies, and the key that it is encrypted with; without a key it is plain. */
export interface DatabasePlace {
  /** Without `file:`. */
  readonly path: string;
  readonly key?: string | undefined;
}

/** What every plain SQLite file begins with; an encrypted one begins with noise. */
const PLAIN_HEADER = Buffer.from('SQLite format 3\0', 'latin1');
/** How long a connection waits for another one to finish writing, in ms. */
const BUSY_MS = 10_000;

/** The first thing that is said on a connection; nothing for a plain database. */
export const keyPragma = (key: string | undefined): string =>
  key === undefined ? '' : `PRAGMA key = '${key.replace(/'/g, "''")}';`;

/** Null when there is no file, or an empty one. */
export function isEncrypted(path: string): boolean | null {
  if (!existsSync(path)) return null;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(PLAIN_HEADER.length);
    if (readSync(file, header, 0, header.length, 0) === 0) return null;
    return !header.equals(PLAIN_HEADER);
  } finally {
    closeSync(file);
  }
}

/**
 * A connection of one's own, unlocked with the key. Every connection beside Prisma's is opened here.
 * @throws AppError DATABASE_KEY_WRONG, _MISSING, or _UNUSED when file and key do not fit
 */
export function openConnection({ path, key }: DatabasePlace, options: Database.Options = {}): Database.Database {
  const database = new Database(path, { timeout: BUSY_MS, ...options });
  try {
    if (key !== undefined) database.exec(keyPragma(key));
    // Only a first read says whether the key fits.
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return database;
  } catch (error) {
    database.close();
    throw (error as { code?: unknown }).code === 'SQLITE_NOTADB' ? unfitting({ path, key }) : error;
  }
}

function unfitting({ path, key }: DatabasePlace): AppError {
  const encrypted = isEncrypted(path) === true;
  if (key === undefined) {
    return keyError('MISSING', 'The database is encrypted (or is no database): put its key into DATABASE_KEY.');
  }
  return encrypted
    ? keyError('WRONG', 'DATABASE_KEY is not the key of this database. Nothing was changed: set the right one.')
    : keyError('UNUSED', 'DATABASE_KEY is set, and the database is not encrypted yet. Run once: npm run rekey');
}

const keyError = (what: string, userMessage: string): AppError =>
  new AppError(`DATABASE_KEY_${what}`, { message: 'the database cannot be opened', userMessage });
