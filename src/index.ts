#!/usr/bin/env node
import './lean';
import { ConfigError, hasCredentials, readConfig } from './config';
import { AppError } from './domain/errors';
import { createLogger } from './logger';
import { onSignal } from './on-signal';

const USAGE = `Usage: carethread [command]

  start                   run CareThread; without credentials, the sandbox (default)
  doctor [--mend]         check the installation; --mend sets the webhook address at Twilio
  import FILE             bring patients in from a file; --help says more
  patient export ID       write all that is kept of a patient to a file
  patient erase ID        remove a patient; asks for the reason, or --reason "…" --yes
  backup [FILE]           copy the database, which may be in use
  restore FILE [--force]  put a backup in the database's place
  rekey                   encrypt the database, or change its key
  audit verify [ROW:HASH] check the audit log's chain, and that a row kept elsewhere is still in it
  audit head              the last row of the audit log, as ROW:HASH, to keep elsewhere
  help                    this text`;

/** Each gives its exit code; `start` goes on. Only what a command needs is loaded: the app is ready sooner. */
const COMMANDS: Readonly<
  Record<string, (words: readonly string[]) => number | undefined | Promise<number | undefined>>
> = {
  start: async () => {
    if (hasCredentials(process.env)) await start();
    else await (await import('./trial.js')).startTrial(process.env);
    return undefined;
  },
  doctor: async (words) => (await import('./commands/doctor.js')).doctor(process.env, words),
  backup: async (words) => (await import('./commands/backup.js')).backUp(process.env, words),
  import: async (words) => (await import('./commands/import-file.js')).importFile(process.env, words),
  patient: async (words) => (await import('./commands/patient.js')).patient(process.env, words),
  restore: async (words) => (await import('./commands/restore.js')).restore(process.env, words),
  rekey: async () => (await import('./commands/rekey.js')).rekey(process.env),
  audit: async ([verb, anchor]) => {
    const { auditHead, verifyAudit } = await import('./commands/verify-audit.js');
    if (verb === 'verify') return verifyAudit(process.env, anchor);
    return verb === 'head' ? auditHead(process.env) : unknown(`audit ${verb ?? ''}`);
  },
  help: () => {
    console.log(USAGE);
    return 0;
  },
};

async function main([name = 'start', ...words]: readonly string[]): Promise<void> {
  const command = COMMANDS[name.replace(/^--/, '')];
  process.exitCode = command ? await command(words) : unknown(name);
}

function unknown(name: string): number {
  console.error(`There is no command “${name.trim()}”.\n\n${USAGE}`);
  return 2;
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.LOG_LEVEL);
  // Node would print the fault with its message, which may quote what a patient wrote.
  process.on('uncaughtException', (err) => {
    log.error({ err }, 'a fault that nobody caught: stopping');
    process.exit(1);
  });
  const { startApp } = await import('./start.js');
  const app = await startApp(config, log);
  console.log(`CareThread is ready on port ${app.port}.`);
  onSignal(async () => {
    log.info({}, 'stopping: what is under way is finished first');
    await app.stop();
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof ConfigError) console.error(error.message);
  else if (error instanceof AppError) console.error(error.userMessage);
  else console.error(error instanceof Error ? `CareThread could not go on: ${error.message}` : error);
  process.exit(1);
});
