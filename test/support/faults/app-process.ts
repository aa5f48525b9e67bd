import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROGRAM = join(__dirname, '../../../dist/app/index.js');

/** The real app as a process of its own, that can be killed. */
export class AppProcess {
  private child: ChildProcess | undefined;
  private printed = '';

  constructor(private readonly env: Readonly<Record<string, string>>) {}

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when it says that it is ready. @throws Error with what it printed when it ends before */
  async start(): Promise<void> {
    if (this.isRunning) throw new Error('the app runs already');
    this.printed = '';
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [PROGRAM, 'start'], {
      env: { PATH, HOME, LOG_LEVEL: 'error', ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        this.printed = (this.printed + chunk.toString()).slice(-20_000);
        if (this.printed.includes('is ready')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => reject(new Error(`the app ended before it was ready:\n${this.printed}`)));
    });
  }

  /** SIGKILL, unless it has ended already: nothing in it gets a chance to put things in order. */
  kill(): void {
    if (this.isRunning) this.child?.kill('SIGKILL');
  }

  /** SIGSTOP and SIGCONT: the process sleeps and knows nothing of it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal);
  }

  /** Resolves when the process is gone. */
  async ended(): Promise<void> {
    if (this.child && this.isRunning) await once(this.child, 'exit');
  }

  /** SIGTERM; killed when that is not enough. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.child?.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), 5_000);
    await this.ended();
    clearTimeout(timer);
  }

  /** What it logged last. */
  get log(): string {
    return this.printed;
  }
}
