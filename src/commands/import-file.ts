import { writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { followClock, systemClock } from '../clock';
import { type Environment, readImportConfig } from '../config';
import { AppError } from '../domain/errors';
import { detailsOf, titleOf } from '../slack/blocks/import-report';
import { storageOf } from '../storage';
import { placeOf } from '../store/database';
import { openStore } from '../store/store';
import { type CommandImport, type CommandParts, ImportByCommand } from '../usecases/patients/import-by-command';
import { IMPORT_USAGE, type ImportOptions, readImportOptions } from './import-options';
import { plainText } from './plain-text';
import { CountedFile, ProgressBar } from './progress-bar';

/** `import FILE`: the same as a file dropped in Slack, beside a running app or without one. @returns the exit code */
export async function importFile(env: Environment, words: readonly string[]): Promise<number> {
  const options = readImportOptions(words);
  if ('wrong' in options) {
    if (options.wrong === '') console.log(IMPORT_USAGE);
    else console.error(`${options.wrong}\n\n${IMPORT_USAGE}`);
    return options.wrong === '' ? 0 : 2;
  }
  const config = readImportConfig(env);
  const storage = storageOf(config);
  const stopClock = new AbortController();
  const { store } = openStore(config.DATABASE_URL, storage);
  try {
    const clock = config.CLOCK_URL ? await followClock(config.CLOCK_URL, stopClock.signal) : systemClock;
    const clinic = { country: config.CLINIC_COUNTRY, timeZone: config.CLINIC_TIME_ZONE };
    return await run({ store, clock, clinic, place: placeOf(config.DATABASE_URL, storage) }, options);
  } catch (error) {
    console.error(explain(error, options.path));
    return 1;
  } finally {
    stopClock.abort();
    await store.close();
  }
}

async function run(parts: CommandParts, options: ImportOptions): Promise<number> {
  const file = new CountedFile(options.path);
  const { path, groups, kind, replaceGroups } = options;
  const found = await ImportByCommand.begin(parts, { fileName: basename(path), groups, kind, replaceGroups });
  const forget = (): void => void found.forget().finally(() => process.exit(130));
  process.once('SIGINT', forget);
  try {
    const reading = new ProgressBar('Reading', file.size);
    await found.read(file.bytes(), (rows) => reading.to(file.read, rows)).finally(() => reading.stop());
    return await decide(found, options);
  } finally {
    process.off('SIGINT', forget);
    await found.forget();
  }
}

async function decide(found: CommandImport, options: ImportOptions): Promise<number> {
  const { card } = found;
  console.log(plainText([titleOf(card), ...detailsOf(card)].join('\n')));
  if (card.questions.length > 0) {
    console.error(
      'Rename the columns in the file’s first row ("Patient ID", "Mobile"), or drop it in Slack to choose them.',
    );
    return 1;
  }
  await handBackRejected(found, options.path);
  const { rows, new: added, changed } = card.summary;
  if (added + changed === 0) return card.summary.unchanged > 0 || rows === 0 ? 0 : 1;
  if (options.dryRun) return say('Dry run: nothing was saved.');
  if (!options.yes && !(await confirmed())) return say('Nothing was saved.');
  const saving = new ProgressBar('Saving', rows);
  await found.save((line) => saving.to(Math.min(line, rows), line)).finally(() => saving.stop());
  return say(`Saved: ${added.toLocaleString('en-US')} new, ${changed.toLocaleString('en-US')} changed.`);
}

const say = (text: string): number => {
  console.log(text);
  return 0;
};

/** A script that leaves --dry-run out has decided; a person is asked. */
async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Save this? [y/N] ');
  terminal.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

async function handBackRejected(found: CommandImport, path: string): Promise<void> {
  const rejected = await found.rejected();
  if (rejected === null) return;
  const target = join(dirname(path), `${basename(path, extname(path))}-rejected.csv`);
  writeFileSync(target, rejected, { mode: 0o600 });
  console.log(`The rows left out are in ${target}: mend it and import it.`);
}

function explain(error: unknown, path: string): string {
  if (error instanceof AppError) return error.userMessage;
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOENT') return `There is no file ${path}.`;
  if (code === 'EISDIR') return `${path} is a folder, not a file.`;
  if (code === 'EACCES') return `${path} may not be read by this user.`;
  throw error;
}
