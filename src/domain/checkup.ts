/** `ok`: well. `warn`: it works, and somebody should look. `fail`: something that staff rely on does not work. */
export type Verdict = 'ok' | 'warn' | 'fail';

/** What was looked at, what was found, and what mends it. Never a token, a patient's name or number. */
export interface Finding {
  readonly verdict: Verdict;
  readonly what: string;
  readonly mend?: string;
}

export const ok = (what: string): Finding => ({ verdict: 'ok', what });
export const warn = (what: string, mend: string): Finding => ({ verdict: 'warn', what, mend });
export const fail = (what: string, mend: string): Finding => ({ verdict: 'fail', what, mend });

const SIGN: Readonly<Record<Verdict, string>> = { ok: '✅', warn: '⚠️', fail: '❌' };

export const lineOf = ({ verdict, what, mend }: Finding): string =>
  `${SIGN[verdict]} ${what}${mend === undefined ? '' : `\n     → ${mend}`}`;

export const summaryOf = (findings: readonly Finding[]): string => {
  const count = (verdict: Verdict): number => findings.filter((finding) => finding.verdict === verdict).length;
  const [bad, doubtful] = [count('fail'), count('warn')];
  if (bad + doubtful === 0) return `All ${findings.length} checks are well.`;
  return `${bad} to mend, ${doubtful} to look at, ${count('ok')} well.`;
};

/** Clocks that differ by more break signatures (5 minutes) and texting windows, in ms. */
const DRIFT_WARN_MS = 10_000;
const DRIFT_FAIL_MS = 120_000;

/** @param theirs an HTTP `Date` header, whole seconds */
export function judgeClock(theirs: string | null, ours: Date): Finding {
  const at = theirs === null ? NaN : Date.parse(theirs);
  if (Number.isNaN(at))
    return warn('The clock could not be compared', 'Look whether this machine keeps time (timedatectl).');
  const drift = Math.max(0, Math.abs(ours.getTime() - at) - 1_000);
  const seconds = Math.round(drift / 1_000);
  const mend = 'Switch time synchronisation on: timedatectl set-ntp true';
  if (drift > DRIFT_FAIL_MS) return fail(`This machine’s clock is wrong by ${seconds} s`, mend);
  if (drift > DRIFT_WARN_MS) return warn(`This machine’s clock is wrong by ${seconds} s`, mend);
  return ok('The clock is right');
}

const GIGABYTE = 1e9;

/** A full disk loses replies: room for a copy of the database has to be there, and some more. */
export function judgeDisk(free: number, databaseSize: number): Finding {
  const room = `${(free / GIGABYTE).toFixed(1)} GB are free on the database’s disk`;
  const mend = 'Make room, or move BACKUP_DIR to another disk.';
  if (free < Math.max(0.2 * GIGABYTE, databaseSize)) return fail(`Only ${room}`, mend);
  return free < Math.max(GIGABYTE, 3 * databaseSize) ? warn(`Only ${room}`, mend) : ok(room);
}

/** Scopes of manifest.yml: the list below `bot:`. */
export const scopesOf = (manifest: string): readonly string[] => {
  const [, list = ''] = /^ {4}bot:\n((?: {6}.*\n)+)/m.exec(manifest) ?? [];
  return [...list.matchAll(/^ {6}- (\S+)/gm)].map(([, scope = '']) => scope);
};
