import { setTimeout as sleep } from 'node:timers/promises';
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Database from 'better-sqlite3';
import { type DatabasePlace, keyPragma } from './connection';
import { USUAL_LOG } from './log-length';
import { rememberStatements } from './remembered-statements';
import { waitingWriters } from './waiting-writers';

/**
 * Prisma's adapter has one connection, and a statement from outside an open transaction runs inside it: rolled back
 * with it, too. A webhook stored in that moment would be lost after we had answered 200. Here everything waits for its
 * turn instead: a transaction has the connection to itself.
 */
class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn; the turn ends when the returned function is called. */
  async take(): Promise<() => void> {
    const before = this.last;
    let release = (): void => undefined;
    this.last = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.take();
    try {
      return await whenFree(work);
    } finally {
      release();
    }
  }
}

/** How long a statement waits for another connection's write, in ms: a thread's import, a second process. */
const BUSY_MS = 30_000;
/**
 * SQLite's own waiting would hold the event loop: no webhook, no command would be heard meanwhile. Shorter than the pause
 * between two steps of bulk work (apply-import.ts), or the gap would be missed again and again.
 */
const LOOK_AGAIN_MS = 2;

/** Tries again while another connection writes. What was refused so has done nothing. */
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  waitingWriters.begin();
  try {
    return await again(work);
  } finally {
    waitingWriters.end();
  }
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + BUSY_MS;
  for (;;) {
    await sleep(LOOK_AGAIN_MS);
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
    }
  }
}

/** Prisma's adapter calls SQLITE_BUSY so. */
const isBusy = (error: unknown): boolean => error instanceof DriverAdapterError && error.cause.kind === 'SocketTimeout';

/** BEGIN IMMEDIATE: a second process waits at the start of a transaction, and never fails in its middle. */
async function begin(inner: SqlDriverAdapter, turns: Turns): Promise<Transaction> {
  const release = await turns.take();
  try {
    await whenFree(() => inner.executeScript('BEGIN IMMEDIATE'));
  } catch (error) {
    release();
    throw error;
  }
  const statement = async (sql: string): Promise<void> => {
    await inner.executeRaw({ sql, args: [], argTypes: [] });
  };
  /** A COMMIT that fails (the disk is full) may leave the transaction open: everything after it would be in it, and lost with it. */
  const execute = async (query: SqlQuery): Promise<number> => {
    try {
      return await inner.executeRaw(query);
    } catch (error) {
      if (query.sql === 'COMMIT') await statement('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };
  const end = (): Promise<void> => Promise.resolve(release());
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    options: { usePhantomQuery: false },
    queryRaw: (query) => inner.queryRaw(query),
    executeRaw: execute,
    commit: end,
    rollback: end,
    createSavepoint: (name) => statement(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => statement(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name) => statement(`RELEASE SAVEPOINT ${name}`),
  };
}

/** The adapter's own connection, which its types do not show. @throws when a newer adapter calls it otherwise */
function databaseOf(adapter: SqlDriverAdapter): Database.Database {
  const { client } = adapter as unknown as { client?: unknown };
  if (client instanceof Database) return client;
  throw new Error('the adapter of Prisma has its connection elsewhere: see store/serialized-adapter.ts');
}

const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  // FULL: what was answered 200 survives a power cut, not only a crash of the process.
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
  // 32 MB. Twice as much made a send to 100,000 no cheaper: the system keeps what has just been read as well.
  'PRAGMA cache_size = -32768',
  `PRAGMA wal_autocheckpoint = ${USUAL_LOG}`,
].join(';');

export function serializedAdapter({ path, key }: DatabasePlace): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url: path, timeout: 10_000 }, { timestampFormat: 'unixepoch-ms' });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const inner = await factory.connect();
      rememberStatements(databaseOf(inner));
      // The key comes first: nothing has been read yet.
      await inner.executeScript(keyPragma(key) + PRAGMAS);
      await inner.executeScript('PRAGMA busy_timeout = 0');
      const turns = new Turns();
      return {
        provider: inner.provider,
        adapterName: inner.adapterName,
        queryRaw: (query: SqlQuery) => turns.run(() => inner.queryRaw(query)),
        executeRaw: (query: SqlQuery) => turns.run(() => inner.executeRaw(query)),
        executeScript: (script: string) => turns.run(() => inner.executeScript(script)),
        startTransaction: () => begin(inner, turns),
        dispose: () => inner.dispose(),
      };
    },
  };
}
