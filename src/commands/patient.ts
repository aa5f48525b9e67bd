import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { followClock, systemClock } from '../clock';
import { type Environment, readStorageConfig } from '../config';
import { AppError } from '../domain/errors';
import { storageOf } from '../storage';
import { openStore, type Store } from '../store/store';
import { erase } from '../usecases/patients/erase-patient';
import { patientData } from '../usecases/patients/export-patient';
import type { Clock } from '../usecases/ports';
import { commandActor } from './on-record';

const USAGE = `npm run patient -- export ID                            all that is kept of a patient, into a file
npm run patient -- erase ID [--reason "…"] [--yes]      removes the patient; cannot be undone

ID is the patient's id in your records, as the import brought it.`;
const ACTOR = commandActor();

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
}

/** Beside a running app or without one. Twilio's copies are redacted by the app. @returns the exit code */
export async function patient(env: Environment, words: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { reason: { type: 'string' }, yes: { type: 'boolean', default: false } },
  });
  const [verb, externalId] = positionals;
  if (externalId === undefined || (verb !== 'export' && verb !== 'erase')) {
    console.error(USAGE);
    return 2;
  }
  const config = readStorageConfig(env);
  const stopClock = new AbortController();
  const { store } = openStore(config.DATABASE_URL, storageOf(config));
  try {
    const clock = config.CLOCK_URL ? await followClock(config.CLOCK_URL, stopClock.signal) : systemClock;
    const [found] = await store.patients.byExternalIds([externalId]);
    if (!found)
      throw new AppError('NOT_FOUND', { message: 'no such id', userMessage: `No patient has the id ${externalId}.` });
    const parts = { store, clock };
    return await (verb === 'export' ? writeOut(parts, found.id) : remove(parts, { patientId: found.id, ...values }));
  } finally {
    stopClock.abort();
    await store.close();
  }
}

async function writeOut(parts: Parts, patientId: number): Promise<number> {
  const path = `patient-${patientId}.json`;
  writeFileSync(path, await patientData(parts, { patientId, actor: ACTOR }), { mode: 0o600, flag: 'wx' });
  console.log(`Written to ${path}, readable by you only. Delete it when you have used it.`);
  return 0;
}

interface Asked {
  readonly patientId: number;
  readonly reason?: string | undefined;
  readonly yes: boolean;
}

async function remove(parts: Parts, { patientId, reason: given, yes }: Asked): Promise<number> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const reason = given ?? (await terminal.question('Why? (It goes on the record.) '));
    const sure = yes || /^y(?:es)?$/i.test((await terminal.question('Erase for good? [y/N] ')).trim());
    if (!sure) return say('Nothing was erased.');
    const { texts, isShared, staysOptedOut } = await erase(parts, { patientId, reason, actor: ACTOR });
    say(
      `Erased, with ${texts} texts. The running app has Twilio forget them. Backups hold them until they are replaced.`,
    );
    if (isShared) say('Others have this number: its conversation stays.');
    return staysOptedOut ? say('The number stays opted out.') : 0;
  } finally {
    terminal.close();
  }
}

const say = (text: string): number => {
  console.log(text);
  return 0;
};
