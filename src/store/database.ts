import { existsSync, mkdirSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PrismaClient } from './generated/client';
import { migrate } from './migrate';
import { serializedAdapter } from './serialized-adapter';

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

/** @param url `file:<path>`; a relative path is below the working directory */
export const databasePath = (url: string): string => {
  const path = url.replace(/^file:/, '');
  return isAbsolute(path) ? path : resolve(path);
};

/** Opens the database, migrated. @throws AppError as migrate() does */
export function openDatabase(url: string): { client: PrismaClient; migrated: string[] } {
  const path = databasePath(url);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Nobody else on this machine reads patients' data.
  const former = process.umask(0o077);
  const migrated = migrate(path, join(projectRoot, 'prisma/migrations'));
  process.umask(former);
  const client = new PrismaClient({
    adapter: serializedAdapter(path),
    transactionOptions: { maxWait: 30_000, timeout: 120_000 },
  });
  return { client, migrated };
}
