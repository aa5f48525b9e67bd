import { join } from 'node:path';
import type { DatabasePlace } from './connection';
import { copyAside } from './copy';
import { projectRoot } from './database';
import { Shelf } from './shelf';

/** Backups of one database, made while it is in use. */
export class BackupShelf {
  private readonly shelf: Shelf;

  constructor(
    private readonly place: DatabasePlace,
    readonly folder: string,
  ) {
    this.shelf = new Shelf(folder);
  }

  /** When the newest was made; null when there is none. */
  newest = (): Date | null => this.shelf.list()[0]?.at ?? null;

  /** @throws Error when the disk is full, or the folder cannot be written */
  make = (at: Date): Promise<void> => copyAside(this.place, this.shelf.pathFor(at), join(projectRoot, 'dist/app'));

  /** Takes away all but the newest ones. @returns how many went */
  keep = (count: number): number => this.shelf.keep(count);
}
