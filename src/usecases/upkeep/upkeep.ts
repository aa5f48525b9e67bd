import type { Ports } from '../ports';
import { emptyOldTexts } from './empty-old-texts';
import { backUpNightly, type BackupSettings } from './back-up-nightly';

export interface UpkeepSettings {
  readonly backups: BackupSettings;
  /** 0: texts stay. */
  readonly retentionDays: number;
}

/** What keeps an installation well, done by the process that works and by nobody else. */
export class Upkeep {
  constructor(
    private readonly ports: Ports,
    private readonly settings: UpkeepSettings,
    private readonly mayWork: () => boolean,
  ) {}

  backUp = (): Promise<void> => this.ifMine(() => backUpNightly(this.ports, this.settings.backups));

  emptyOldTexts = (): Promise<void> =>
    this.ifMine(async () => {
      await emptyOldTexts(this.ports, this.settings.retentionDays, this.mayWork);
    });

  private async ifMine(work: () => Promise<void>): Promise<void> {
    if (this.mayWork()) await work();
  }
}
