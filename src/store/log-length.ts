/**
 * Pages of SQLite's log (of 4 kB) after which a commit brings them into the database. Four times SQLite's own number: pages of an
 * index that change over and over are brought in once.
 */
export const USUAL_LOG = 4_000;
/** So many while a thread does bulk work, and brings them in itself (bulk-connection.ts): this connection is the event loop's. */
export const LOG_OF_BULK_WORK = 20_000;
