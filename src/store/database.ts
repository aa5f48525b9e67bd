import { existsSync, mkdirSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PrismaClient } from './generated/client';
import type { DatabasePlace } from './connection';
import { copyDatabase } from './copy';
import { migrate } from './migrate';
import { serializedAdapter } from './serialized-adapter';
import { Shelf } from './shelf';

/** The client, or the client of one open transaction. */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$use' | '$extends'>;

/** The checkout that this code runs from, compiled or not: migrations lie in it. */
export const projectRoot = findRoot(__dirname);

function findRoot(from: string): string {
  if (existsSync(join(from, 'prisma/migrations'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('prisma/migrations is not beside this program: install it whole');
  return findRoot(above);
}

/** @param url `file:<path>`; a relative path is below the working directory. Parameters behind a `?` are other drivers'. */
export const databasePath = (url: string): string => {
  const path = url.replace(/^file:/, '').replace(/\?.*$/, '');
  return isAbsolute(path) ? path : resolve(path);
};

export const migrationsDirectory = join(projectRoot, 'prisma/migrations');

export interface OpenOptions {
  /** Of an encrypted database. */
  readonly key?: string | undefined;
  /** Where a copy goes before a database with something in it is migrated; without it none is made. */
  readonly backupDir?: string | undefined;
}

export const placeOf = (url: string, { key }: OpenOptions = {}): DatabasePlace => ({ path: databasePath(url), key });

/** Opens the database, migrated. @throws AppError as migrate() and openConnection() do */
export function openDatabase(url: string, options: OpenOptions = {}): { client: PrismaClient; migrated: string[] } {
  const place = placeOf(url, options);
  mkdirSync(dirname(place.path), { recursive: true, mode: 0o700 });
  // Nobody else on this machine reads patients' data.
  const former = process.umask(0o077);
  const before = (): void => {
    if (options.backupDir !== undefined) copyDatabase(place, new Shelf(options.backupDir).pathFor(new Date()));
  };
  const migrated = migrate(place, migrationsDirectory, before);
  process.umask(former);
  const client = new PrismaClient({
    adapter: serializedAdapter(place),
    transactionOptions: { maxWait: 30_000, timeout: 120_000 },
  });
  return { client, migrated };
}
