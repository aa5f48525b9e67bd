import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { postJson } from '../../../src/sandbox/driver/http';
import { SandboxDriver } from '../../../src/sandbox/driver/sandbox-driver';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start';
import { openStore, type Store } from '../../../src/store/store';
import { AppProcess } from './app-process';
import { TwilioGate } from './twilio-gate';

const ROOT = join(__dirname, '../../..');

export interface FaultClinicOptions {
  readonly startAt?: Date;
  readonly env?: Readonly<Record<string, string>>;
  /** How many app processes share the database; they are not started. */
  readonly processes?: number;
}

/** Two in the afternoon in New York on a Tuesday. */
const AFTERNOON = new Date('2026-11-24T19:00:00Z');

/** A sandbox that lives in the test, and app processes that die and come back. */
export class FaultClinic {
  private constructor(
    private readonly sandbox: Sandbox,
    private readonly folder: string,
    readonly box: SandboxDriver,
    readonly apps: readonly {
      readonly process: AppProcess;
      readonly gate: TwilioGate;
      readonly port: number;
      readonly env: Readonly<Record<string, string>>;
    }[],
  ) {}

  static async open({ startAt = AFTERNOON, env = {}, processes = 1 }: FaultClinicOptions = {}): Promise<FaultClinic> {
    execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT });
    const sandbox = await startSandbox({ startAt, slack: { postPerSecond: 0 } });
    const folder = mkdtempSync(join(tmpdir(), 'carethread-faults-'));
    const apps = [];
    for (let index = 0; index < processes; index += 1) {
      const gate = new TwilioGate(sandbox.address);
      const port = await freePort();
      const ofApp = {
        ...sandbox.env,
        DATABASE_URL: `file:${join(folder, 'clinic.db')}`,
        PORT: String(port),
        APPROVAL_THRESHOLD: '1000000',
        TWILIO_RATE: '0',
        ...env,
        TWILIO_API_URL: await gate.open(),
      };
      apps.push({ process: new AppProcess(ofApp), gate, port, env: ofApp });
    }
    const clinic = new FaultClinic(sandbox, folder, await SandboxDriver.at(sandbox.address), apps);
    const smsUrl = `http://127.0.0.1:${apps[0]?.port ?? 0}/twilio/inbound`;
    await postJson(`${sandbox.address}/twilio/control/number`, { smsUrl });
    return clinic;
  }

  get app(): AppProcess {
    return this.apps[0]!.process;
  }

  get gate(): TwilioGate {
    return this.apps[0]!.gate;
  }

  /** A file in the clinic's own folder. */
  file = (name: string): string => join(this.folder, name);

  /** Runs a command of the program as an admin does. @returns its exit code and all that it printed */
  runs(...words: readonly string[]): Promise<{ code: number; printed: string }> {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...this.apps[0]?.env };
    return new Promise((resolve) => {
      execFile(process.execPath, [join(ROOT, 'dist/app/index.js'), ...words], { env }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, printed: stdout + stderr }),
      );
    });
  }

  /** Works on the database while no app does. */
  async withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const { store } = openStore(`file:${join(this.folder, 'clinic.db')}`);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** Reads the database beside the app. */
  rows<T>(sql: string, ...values: readonly (string | number)[]): T[] {
    const db = new Database(join(this.folder, 'clinic.db'), { readonly: true, timeout: 10_000 });
    try {
      return db.prepare(sql).all(...values) as T[];
    } finally {
      db.close();
    }
  }

  /** Outbound messages by state. */
  states(): ReadonlyMap<string, number> {
    const sql = `SELECT state, count(*) AS n FROM Message WHERE direction = 'OUTBOUND' GROUP BY state`;
    return new Map(this.rows<{ state: string; n: number }>(sql).map(({ state, n }) => [state, n]));
  }

  /** Whether a process in the middle of a transaction keeps the database from being written. */
  isLocked(): boolean {
    const db = new Database(join(this.folder, 'clinic.db'), { timeout: 200 });
    try {
      db.exec('BEGIN IMMEDIATE; ROLLBACK');
      return false;
    } catch {
      return true;
    } finally {
      db.close();
    }
  }

  /** Waits until every text is out of our hands; the clock goes forward, so that nobody has to wait for Twilio's list. */
  async untilSent(timeoutMs = 120_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const states = this.states();
      const left = ['QUEUED', 'SENDING', 'UNCERTAIN'].reduce((sum, state) => sum + (states.get(state) ?? 0), 0);
      if (left === 0) return;
      if (Date.now() > end)
        throw new Error(`still ${JSON.stringify([...states])} after ${timeoutMs / 1000} s\n${this.app.log}`);
      if (!states.has('QUEUED') || states.has('UNCERTAIN')) await this.box.advanceClock(20_000);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  async close(): Promise<void> {
    for (const { process, gate } of this.apps) {
      process.signal('SIGCONT');
      process.kill();
      await process.ended();
      await gate.close();
    }
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Tells the local Slack where an app is; it has to run. */
  async introduceToSlack(port = this.apps[0]?.port ?? 0): Promise<void> {
    const requestUrl = `http://127.0.0.1:${port}/slack/events`;
    await postJson(`${this.sandbox.address}/slack/control/app`, { requestUrl });
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
