import { readStorageConfig, type Environment } from '../config';
import { storageOf } from '../storage';
import { openStore, type Store } from '../store/store';

/**
 * `audit verify [ROW:HASH]`: checks that each row follows from the one before, that none is missing, and, given what
 * `audit head` printed (or the log says, every hour), that this row is still there as it was: who has the file can cut
 * rows off its end and leave a chain that holds.
 * @returns the exit code
 */
export const verifyAudit = (env: Environment, anchor?: string): Promise<number> =>
  withStore(env, async (store) => {
    const problem = await problemOf(store, anchor);
    console.log(problem ?? (await wholeness(store, anchor)));
    return problem === null ? 0 : 1;
  });

/** `audit head`: the last row, to be kept elsewhere. @returns the exit code */
export const auditHead = (env: Environment): Promise<number> =>
  withStore(env, async (store) => {
    const head = await store.audit.head();
    console.log(head ? `${head.id}:${head.hash}` : 'The audit log is empty.');
    return 0;
  });

async function withStore(env: Environment, work: (store: Store) => Promise<number>): Promise<number> {
  const config = readStorageConfig(env);
  const { store } = openStore(config.DATABASE_URL, storageOf(config));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function problemOf({ audit }: Store, anchor: string | undefined): Promise<string | null> {
  const broken = await audit.firstBroken();
  if (broken?.what === 'changed') return `The audit log is broken at row ${broken.row}: it is not as it was written.`;
  if (broken) return `The audit log is broken at row ${broken.row}: it is missing.`;
  if (anchor === undefined) return null;
  const [, row = '', hash = ''] = /^(\d+):([0-9a-f]{64})$/.exec(anchor) ?? [];
  if (row === '') return `“${anchor}” is not what audit head prints: a row, a colon and 64 letters and digits.`;
  const now = await audit.hashAt(Number(row));
  if (now === null) return `Row ${row} was there and is not any more: the end of the audit log was cut off.`;
  return now === hash ? null : `Row ${row} is another one now: the audit log was written anew.`;
}

async function wholeness({ audit }: Store, anchor: string | undefined): Promise<string> {
  const head = await audit.head();
  const rows = `The audit log is whole: ${head?.id ?? 0} rows, each follows from the one before.`;
  return anchor === undefined
    ? `${rows} (That none was cut off at the end, only a row that you kept elsewhere can show: npm run audit -- verify ROW:HASH)`
    : `${rows} The row that you kept is one of them.`;
}
