import type { Ports } from '../ports';
import { backUpNightly, type BackupSettings } from './back-up-nightly';

export interface UpkeepSettings {
  readonly backups: BackupSettings;
}

/** What keeps an installation well, done by the process that works and by nobody else. */
export class Upkeep {
  constructor(
    private readonly ports: Ports,
    private readonly settings: UpkeepSettings,
    private readonly mayWork: () => boolean,
  ) {}

  backUp = (): Promise<void> => this.ifMine(() => backUpNightly(this.ports, this.settings.backups));

  private async ifMine(work: () => Promise<void>): Promise<void> {
    if (this.mayWork()) await work();
  }
}
