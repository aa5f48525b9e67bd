import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backupName, backupsAmong } from '../domain/backups';

/** The folder of backups. */
export class Shelf {
  constructor(readonly folder: string) {}

  /** Newest first. */
  list = () => (existsSync(this.folder) ? backupsAmong(readdirSync(this.folder)) : []);

  pathFor = (at: Date): string => join(this.folder, backupName(at));

  /** Takes away all but the newest ones. @returns how many went */
  keep(count: number): number {
    const surplus = this.list().slice(count);
    for (const { name } of surplus) rmSync(join(this.folder, name));
    return surplus.length;
  }
}
