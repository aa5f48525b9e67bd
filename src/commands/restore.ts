import { resolve } from 'node:path';
import { clockOf } from '../clock';
import { type Environment, readStorageConfig } from '../config';
import { storageOf } from '../storage';
import { placeOf } from '../store/database';
import { restoreDatabase, type RestoreResult } from '../store/restore';
import { putOnRecord } from './on-record';

/** `restore FILE [--force]`: puts a backup in the database's place, while the app does not run. */
export async function restore(env: Environment, words: readonly string[]): Promise<number> {
  const force = words.includes('--force');
  const [file] = words.filter((word) => word !== '--force');
  if (file === undefined) {
    console.error('Which one? npm run restore -- FILE');
    return 2;
  }
  const config = readStorageConfig(env);
  const { key } = storageOf(config);
  const now = (await clockOf(config.CLOCK_URL)).now();
  const otherKeys = [config.DATABASE_KEY_FORMER, undefined];
  const place = placeOf(config.DATABASE_URL, { key });
  const done = restoreDatabase({ place, file: resolve(file), otherKeys, force, now });
  const { since, doubted, carriedOver, paused } = done;
  const detail = { since: since.toISOString(), doubted, carriedOver, paused };
  await putOnRecord({ url: config.DATABASE_URL, key }, { at: now, action: 'database.restore', detail });
  console.log(report(done));
  return 0;
}

function report({ since, doubted, replaced, carriedOver, paused }: RestoreResult): string {
  const texts = doubted === 1 ? '1 text waits' : `${doubted} texts wait`;
  return [
    `Restored: the clinic as it was at ${since.toISOString().slice(0, 16)}Z.`,
    replaced === null ? '' : `The former database is kept: ${replaced}`,
    `${texts} in it. When CareThread starts, it fetches the replies since then, asks Twilio which of these were sent`,
    'meanwhile, and sends only the others; that begins 75 seconds after now.',
    carriedOver
      ? 'Opt-outs, and sends that were stopped since the backup, were taken over from the former database.'
      : `The former database could not be read. Opt-outs by staff or file since then are not known: enter them again.` +
        (paused > 0
          ? ` Paused, because somebody may have stopped them: ${paused} running sends. Resume them in Slack.`
          : ''),
    'Start it: npm start',
  ]
    .filter((line) => line !== '')
    .join('\n');
}
