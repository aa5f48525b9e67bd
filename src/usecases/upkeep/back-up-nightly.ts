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
  { clock, clinic, log }: Pick<Ports, 'clock' | 'clinic' | 'log'>,
  { shelf, keep }: BackupSettings,
): Promise<void> {
  const now = clock.now();
  if (keep === 0 || !isBackupDue(shelf.newest(), now, clinic.timeZone)) return;
  await shelf.make(now);
  log.info({ removed: shelf.keep(keep) }, 'a backup was made');
}
