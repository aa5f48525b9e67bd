import type { Ports } from '../ports';
import { type AlertSources, tellAlerts } from './tell-alerts';
import { redactErased } from '../patients/redact-erased';
import { emptyOldTexts } from './empty-old-texts';
import { NoticeGiver } from './give-notice';
import { backUpNightly, type BackupSettings } from './back-up-nightly';

export interface UpkeepSettings {
  readonly backups: BackupSettings;
  /** 0: texts stay. */
  readonly retentionDays: number;
  readonly alerts: AlertSources;
}

/** What keeps an installation well, done by the process that works and by nobody else. */
export class Upkeep {
  private readonly notice: NoticeGiver;

  constructor(
    private readonly ports: Ports,
    private readonly settings: UpkeepSettings,
    private readonly mayWork: () => boolean,
  ) {
    this.notice = new NoticeGiver(ports);
  }

  backUp = (): Promise<void> =>
    this.ifMine(async () => {
      const { pulse } = this.settings.alerts;
      try {
        await backUpNightly(this.ports, this.settings.backups);
        pulse.backup = 'made';
      } catch (err) {
        pulse.backup = 'failed';
        throw err;
      }
    });

  tellAlerts = (): Promise<void> => this.ifMine(() => tellAlerts(this.ports, this.settings.alerts));

  giveNotice = (): Promise<void> => this.ifMine(() => this.notice.give());

  redactErased = (): Promise<void> => this.ifMine(() => redactErased(this.ports));

  emptyOldTexts = (): Promise<void> =>
    this.ifMine(async () => {
      await emptyOldTexts(this.ports, this.settings.retentionDays, this.mayWork);
    });

  private async ifMine(work: () => Promise<void>): Promise<void> {
    if (this.mayWork()) await work();
  }
}
