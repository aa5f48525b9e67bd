import { wallClock } from './time-zone';

/** Nightly backups are due from this hour, the clinic's time: texting is closed, and staff sleep. */
const FROM_HOUR = 2;
const NAME = /^carethread-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.db$/;

/** `carethread-2026-11-23T03-00-00Z.db`: sorts by time, and every file system takes it. */
export const backupName = (at: Date): string => `carethread-${at.toISOString().slice(0, 19).replace(/:/g, '-')}Z.db`;

/** When a backup was made; null for a file that is none of ours. */
export const backupTime = (name: string): Date | null => {
  const [, date, hour, minute, second] = NAME.exec(name) ?? [];
  if (date === undefined) return null;
  const at = new Date(`${date}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
};

/** Newest first; other files are left aside. */
export const backupsAmong = (names: readonly string[]): readonly { readonly name: string; readonly at: Date }[] =>
  names
    .flatMap((name) => {
      const at = backupTime(name);
      return at === null ? [] : [{ name, at }];
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime());

/** Once a day, after the hour; a machine that was off then makes up for it as soon as it is on. */
export function isBackupDue(last: Date | null, now: Date, zone: string): boolean {
  if (last === null) return true;
  const nightOf = (at: Date): string => wallClock(new Date(at.getTime() - FROM_HOUR * 3_600_000), zone).isoDate;
  return nightOf(last) < nightOf(now);
}
