import { readStorageConfig, type Environment } from '../config';
import { storageOf } from '../storage';
import { openStore } from '../store/store';

/** `audit verify`: checks that each row follows from the one before. @returns the exit code */
export async function verifyAudit(env: Environment): Promise<number> {
  const config = readStorageConfig(env);
  const { store } = openStore(config.DATABASE_URL, storageOf(config));
  try {
    const broken = await store.audit.firstBroken();
    console.log(
      broken === null
        ? 'The audit log is whole: every row follows from the one before.'
        : `The audit log is broken at row ${broken}.`,
    );
    return broken === null ? 0 : 1;
  } finally {
    await store.close();
  }
}
