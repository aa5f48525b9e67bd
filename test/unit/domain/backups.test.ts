import fc from 'fast-check';
import { backupName, backupsAmong, backupTime, isBackupDue } from '../../../src/domain/backups';

const ZONE = 'America/New_York';
const at = (iso: string): Date => new Date(iso);

test('a name says to the second when the backup was made, and names sort as the times do', () => {
  const times = fc.date({ min: at('2020-01-01T00:00:00Z'), max: at('2099-12-31T23:59:59Z'), noInvalidDate: true });
  fc.assert(
    fc.property(times, times, (a, b) => {
      expect(backupTime(backupName(a))?.getTime()).toBe(Math.floor(a.getTime() / 1000) * 1000);
      if (Math.floor(a.getTime() / 1000) < Math.floor(b.getTime() / 1000))
        expect(backupName(a) < backupName(b)).toBe(true);
    }),
  );
});

test('files of others in the folder are never counted, and so never deleted', () => {
  const names = ['carethread-2026-11-23T07-00-00Z.db', 'before-upgrade.db', 'carethread.db', 'notes.txt'];
  const odd = ['carethread-2026-13-45T07-00-00Z.db', 'carethread-2026-11-23T07-00-00Z.db.part'];
  expect(backupsAmong([...names, ...odd]).map(({ name }) => name)).toEqual(['carethread-2026-11-23T07-00-00Z.db']);
});

test.each([
  ['there is none yet', null, '2026-11-23T18:00:00Z', true],
  ['last night’s is there', '2026-11-23T07:00:20Z', '2026-11-24T06:59:59Z', false],
  ['it is 2:00 again', '2026-11-23T07:00:20Z', '2026-11-24T07:00:00Z', true],
  ['the machine was off at night', '2026-11-21T07:00:20Z', '2026-11-24T15:00:00Z', true],
  ['one was made by hand in the evening', '2026-11-24T02:00:00Z', '2026-11-24T07:00:00Z', true],
  ['the clock was put back', '2026-11-25T12:00:00Z', '2026-11-24T12:00:00Z', false],
])('when %s', (_, last, now, due) => {
  expect(isBackupDue(last === null ? null : at(last), at(now), ZONE)).toBe(due);
});
