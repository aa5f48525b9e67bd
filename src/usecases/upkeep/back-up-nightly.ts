import { isBackupDue } from '../../domain/backups';
import type { BackupShelf } from '../../store/backup-shelf';
import type { Ports } from '../ports';

export interface BackupSettings {
  readonly shelf: BackupShelf;
  /** 0: none is made by itself. */
  readonly keep: number;
}

/** One backup a night; the oldest go when the new one is whole. What fails is tried again at the next tick. */
export async function backUpNightly(
  { store, clock, clinic, log }: Pick<Ports, 'store' | 'clock' | 'clinic' | 'log'>,
  { shelf, keep }: BackupSettings,
): Promise<void> {
  const now = clock.now();
  if (keep === 0 || !isBackupDue(shelf.newest(), now, clinic.timeZone)) return;
  await shelf.make(now);
  const removed = shelf.keep(keep);
  const record = { at: now, actor: 'app', action: 'database.backup', subject: 'database', detail: { removed } };
  await store.transaction((tx) => tx.audit.append(record));
  log.info({ removed }, 'a backup was made');
}
