import { readConfig, type Environment } from '../config';
import { openStore } from '../store/store';

/** `audit verify`: checks that each row follows from the one before. @returns the exit code */
export async function verifyAudit(env: Environment): Promise<number> {
  const { store } = openStore(readConfig(env).DATABASE_URL);
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
