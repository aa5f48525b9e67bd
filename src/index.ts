#!/usr/bin/env node
import { ConfigError, hasCredentials, readConfig } from './config';
import { AppError } from './domain/errors';
import { createLogger } from './logger';
import { verifyAudit } from './commands/verify-audit';
import { onSignal } from './on-signal';
import { startApp } from './start';
import { startTrial } from './trial';

const USAGE = `Usage: carethread [command]

  start           run CareThread; without credentials, the sandbox (default)
  audit verify    check the audit log's chain
  help            this text`;

async function main(words: readonly string[]): Promise<void> {
  switch (words.join(' ')) {
    case '':
    case 'start':
      return hasCredentials(process.env) ? start() : startTrial(process.env);
    case 'audit verify':
      process.exitCode = await verifyAudit(process.env);
      return;
    case 'help':
    case '--help':
      console.log(USAGE);
      return;
    default:
      console.error(`There is no command “${words.join(' ')}”.\n\n${USAGE}`);
      process.exitCode = 2;
  }
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.LOG_LEVEL);
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
  else console.error(error instanceof Error ? `CareThread could not start: ${error.message}` : error);
  process.exit(1);
});
