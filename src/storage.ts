import { dirname, join } from 'node:path';
import type { StorageConfig } from './config';
import { databasePath, type OpenOptions } from './store/database';

type Storage = Pick<StorageConfig, 'DATABASE_URL' | 'DATABASE_KEY' | 'BACKUP_DIR'>;

/** How the database is opened, as the environment says; backups lie beside it unless it says otherwise. */
export const storageOf = ({ DATABASE_URL, DATABASE_KEY, BACKUP_DIR }: Storage) =>
  ({
    key: DATABASE_KEY,
    backupDir: BACKUP_DIR ?? join(dirname(databasePath(DATABASE_URL)), 'backups'),
  }) satisfies OpenOptions;
