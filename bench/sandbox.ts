import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postJson } from '../src/sandbox/driver/http';
import { freePort, type Measured, Part, startApp, untilHealthy } from './processes';

/** Slack and Twilio in a process of their own, and the environment of an app that talks to them. */
export interface Sandbox {
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

interface TwilioBehaviour {
  readonly latencyMs?: number;
  readonly callbacksOff?: boolean;
}

export async function startSandbox({ latencyMs = 0, callbacksOff = true }: TwilioBehaviour = {}): Promise<Sandbox> {
  const part = new Part('sandbox-process');
  const { address, env } = (await part.next()) as Omit<Sandbox, 'stop'>;
  await postJson(`${address}/twilio/control/settings`, { rate: 0, callbacksOff, latencyMs });
  return { address, env, stop: part.stop };
}

/** A database in a folder that is gone afterwards. */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'carethread-bench-'));
  readonly file = join(this.folder, 'bench.db');
  readonly url = `file:${this.file}`;

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export interface RunningApp extends Measured {
  readonly address: string;
}

/** The app on a database, open all day, as fast as it can; resolves when it is well. */
export async function runApp(
  sandbox: Sandbox,
  scratch: Scratch,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningApp> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const app = startApp({
    ...sandbox.env,
    DATABASE_URL: scratch.url,
    PORT: String(port),
    PUBLIC_URL: address,
    TWILIO_RATE: '0',
    TEXTING_WINDOW: '00:00-24:00',
    ...more,
  });
  await untilHealthy(address);
  return { ...app, address };
}
