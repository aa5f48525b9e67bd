import { userInfo } from 'node:os';
import type { AuditRecord } from '../store/audit-chain';
import { openStore } from '../store/store';

/** Who runs commands on the server, as the record has it. */
export const commandActor = (): string => `cli:${userInfo().username}`;

/** What a command did to the database as a whole. The database is there, and has its migrations. */
export async function putOnRecord(
  { url, key }: { url: string; key: string | undefined },
  record: Omit<AuditRecord, 'actor' | 'subject'>,
): Promise<void> {
  const { store } = openStore(url, { key });
  try {
    await store.transaction((tx) => tx.audit.append({ ...record, actor: commandActor(), subject: 'database' }));
  } finally {
    await store.close();
  }
}
