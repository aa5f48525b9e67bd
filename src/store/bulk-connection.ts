import type Database from 'better-sqlite3';
import { type DatabasePlace, openConnection } from './connection';

/** How long a statement waits for another connection's write, in ms. */
const BUSY_MS = 60_000;

/**
 * A connection for bulk work in a thread or a process of its own: it is synchronous, and waits for others without holding
 * the event loop that serves Slack and Twilio. Keep each write short: all other writers wait for it.
 */
export function openBulkConnection(place: DatabasePlace): Database.Database {
  const db = openConnection(place, { timeout: BUSY_MS, fileMustExist: true });
  // NORMAL: what is staged can be staged again, and what is applied in steps goes on where the last lasting step was.
  db.pragma('synchronous = NORMAL');
  // 40 MB: pages of an index change over and over, and go into the database once.
  db.pragma('wal_autocheckpoint = 10000');
  // Ids come from joins with the rows that they refer to.
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -16384');
  // Temporary tables hold ids and numbers of patients: never a file of their own.
  db.pragma('temp_store = MEMORY');
  return db;
}
