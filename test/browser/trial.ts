import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The app as `npm start` starts it, with a port and a database of its own. */
export class Trial {
  private printed = '';
  private readonly dir = mkdtempSync(join(tmpdir(), 'carethread-page-'));
  private readonly app: ChildProcess;

  constructor() {
    const { PATH = '' } = process.env;
    const env = { PATH, SANDBOX_PORT: '0', DATABASE_URL: `file:${join(this.dir, 'page.db')}` };
    this.app = spawn(process.execPath, [join(root, 'scripts/start.mjs')], { cwd: this.dir, env });
    const keep = (chunk: Buffer): void => void (this.printed += chunk.toString());
    this.app.stdout?.on('data', keep);
    this.app.stderr?.on('data', keep);
  }

  async address(): Promise<string> {
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      const address = /ready: +(http:\/\/127\.0\.0\.1:\d+)/.exec(this.printed)?.[1];
      if (address !== undefined) return address;
      if (this.app.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The sandbox did not open:\n${this.printed}`);
  }

  /** What the app logged as an error. */
  errors(): string[] {
    return this.printed.split('\n').filter((line) => /"level":[56]0/.test(line));
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.app.once('exit', resolve));
    if (this.app.exitCode === null && this.app.kill('SIGTERM')) await ended;
    rmSync(this.dir, { recursive: true, force: true });
  }
}
