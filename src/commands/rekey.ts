import { existsSync, renameSync, rmSync } from 'node:fs';
import { clockOf } from '../clock';
import { type Environment, readStorageConfig } from '../config';
import { AppError } from '../domain/errors';
import { openConnection } from '../store/connection';
import { changeKey, copyDatabase } from '../store/copy';
import { databasePath } from '../store/database';
import { holdAlone } from '../store/hold-alone';
import { putOnRecord } from './on-record';

/**
 * `rekey`: the database is as DATABASE_KEY_FORMER says (plain without one) and becomes as DATABASE_KEY says. A copy is
 * encrypted and then takes the database's place, so that whatever dies, there is one whole database with one key.
 */
export async function rekey(env: Environment): Promise<number> {
  const { DATABASE_URL, DATABASE_KEY: to, DATABASE_KEY_FORMER: from, CLOCK_URL } = readStorageConfig(env);
  const at = (await clockOf(CLOCK_URL)).now();
  const path = databasePath(DATABASE_URL);
  if (!existsSync(path)) throw nothingToRekey(path);
  if (fits(path, to)) {
    console.log('Nothing to do: the database has this key already.');
    return 0;
  }
  const former = holdAlone({ path, key: from });
  former.close();
  const copy = `${path}.rekeying`;
  rmSync(copy, { force: true });
  copyDatabase({ path, key: from }, copy);
  changeKey({ path: copy, key: from }, to);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(copy, path);
  const detail = { before: { encrypted: from !== undefined }, after: { encrypted: to !== undefined } };
  await putOnRecord({ url: DATABASE_URL, key: to }, { at, action: 'database.rekey', detail });
  console.log(
    to === undefined
      ? 'The database is plain now. Backups that were made before need their key.'
      : 'The database is encrypted with DATABASE_KEY. Backups that were made before are not: make one now (npm run backup) and delete them, or keep their key.',
  );
  return 0;
}

function fits(path: string, key: string | undefined): boolean {
  try {
    openConnection({ path, key }).close();
    return true;
  } catch {
    return false;
  }
}

const nothingToRekey = (path: string): AppError =>
  new AppError('DATABASE_MISSING', {
    message: 'no database',
    userMessage: `There is no database at ${path} yet: it is encrypted from its first start.`,
  });
