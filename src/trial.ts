import { rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { type Environment, readConfig } from './config';
import { instantOf, wallClock } from './domain/time-zone';
import { createLogger } from './logger';
import { onSignal } from './on-signal';
import { startSandbox } from './sandbox/start';
import { startApp } from './start';
import { projectRoot } from './store/database';

const SANDBOX_PORT = 4600;
const ZONE = 'America/New_York';
/** The hour, in New York, at which a trial begins: texting is open from there to Honolulu. */
const BEGINS_AT_HOUR = 14;

/**
 * Without any credentials: a local Slack and a local Twilio, and the real app talking to them over HTTP, as it would to
 * the real ones. What the app is told of them stands in its environment and nowhere else.
 */
export async function startTrial(env: Environment): Promise<void> {
  const port = await freePort(Number(env.SANDBOX_PORT ?? SANDBOX_PORT));
  const socketMode = env.SANDBOX_SOCKET_MODE === '1';
  const sandbox = await startSandbox({
    port,
    startAt: nextTrialDay(new Date()),
    socketMode,
    pageDir: join(projectRoot, 'dist/page'),
    samplesDir: join(projectRoot, 'samples'),
  });
  const config = readConfig({ ...trialEnvironment(port), PORT: String(await freePort(0)), ...env, ...sandbox.env });
  const app = await startApp(config, createLogger(env.LOG_LEVEL ?? 'warn'));
  await introduce(sandbox.address, { port: app.port, socketMode });
  console.log(
    `\n  CareThread's sandbox is ready:  ${sandbox.address}\n\n  Nothing leaves this machine. Ctrl-C ends it.\n`,
  );
  onSignal(async () => {
    await app.stop();
    await sandbox.close();
  });
}

/** A trial begins anew each time: the local Slack forgets, so the database must. Two trials at once have two of them. */
function trialEnvironment(port: number): Record<string, string> {
  const file = join(projectRoot, `data/sandbox-${port}.db`);
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  return {
    DATABASE_URL: `file:${file}`,
    CLINIC_NAME: 'Riverbend Community Clinic',
    CLINIC_PHONE: '617-555-2000',
    CLINIC_TIME_ZONE: ZONE,
    APPROVAL_THRESHOLD: '50',
    TWILIO_RATE: '10',
    BACKUP_KEEP: '0',
  };
}

/** Tells the local Slack and Twilio where the app is: what a clinic does in Slack's and Twilio's consoles. */
async function introduce(sandbox: string, { port, socketMode }: { port: number; socketMode: boolean }): Promise<void> {
  const app = `http://127.0.0.1:${port}`;
  if (!socketMode) await post(`${sandbox}/slack/control/app`, { requestUrl: `${app}/slack/events` });
  await post(`${sandbox}/twilio/control/number`, { smsUrl: `${app}/twilio/inbound` });
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
}

/** The next two in the afternoon in New York; the clock only moves forward. */
function nextTrialDay(now: Date): Date {
  const { isoDate } = wallClock(now, ZONE);
  const today = instantOf({ isoDate, minute: BEGINS_AT_HOUR * 60 }, ZONE);
  if (today >= now) return today;
  const tomorrow = wallClock(new Date(now.getTime() + 24 * 3_600_000), ZONE).isoDate;
  return instantOf({ isoDate: tomorrow, minute: BEGINS_AT_HOUR * 60 }, ZONE);
}

/** The wanted port, or any other when something has it. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => (wanted === 0 ? reject(new Error('no port is free')) : resolve(freePort(0))));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
