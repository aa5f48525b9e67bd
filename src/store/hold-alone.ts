import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors';
import { type DatabasePlace, openConnection } from './connection';

/**
 * Opens the database so that nobody else can have it open, with all of it in its one file.
 * @throws AppError DATABASE_IN_USE; DATABASE_KEY_… as openConnection() does
 */
export function holdAlone(place: DatabasePlace): Database.Database {
  const database = openConnection(place, { timeout: 1_000 });
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
    // SQLite leaves WAL, and takes the file for itself, only when no other connection has it open.
    database.pragma('journal_mode = DELETE');
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw isLocked(error) ? inUse() : error;
  }
}

const isLocked = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown }).code));

const inUse = (): AppError =>
  new AppError('DATABASE_IN_USE', {
    message: 'another connection is open',
    userMessage: 'CareThread is running, or something else has its database open. Stop it, then try again.',
  });
