import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

export const root = process.cwd();

/** A process of the bench's own, and what it costs: the machine keeps the books. */
export interface Measured {
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

export interface Cost {
  /** User and system time, seconds. */
  readonly cpuSeconds: number;
  /** Largest resident size so far, MB. */
  readonly peakMb: number;
  /** Resident size now, MB. */
  readonly residentMb: number;
}

const TICKS_A_SECOND = 100;
/** How often the app's size is written down. */
const LOOK_MS = 500;

/** Reads Linux's books; zeros elsewhere. */
export function costOf({ process: { pid = 0 } }: Measured): Cost {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (field: RegExp): number => Math.round(Number(field.exec(status)?.[1] ?? '0') / 1024);
    return {
      cpuSeconds: (Number(stat[11]) + Number(stat[12])) / TICKS_A_SECOND,
      peakMb: megabytes(/VmHWM:\s+(\d+)/),
      residentMb: megabytes(/VmRSS:\s+(\d+)/),
    };
  } catch {
    return { cpuSeconds: 0, peakMb: 0, residentMb: 0 };
  }
}

/** A compiled file of this folder in a process of its own. Its messages come one by one, as the caller asks for them. */
export class Part implements Measured {
  readonly process: ChildProcess;
  private readonly messages: unknown[] = [];
  private arrived: () => void = () => undefined;

  constructor(
    private readonly name: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ) {
    this.process = fork(join(__dirname, `${name}.js`), args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.process.on('message', (message) => {
      this.messages.push(message);
      this.arrived();
    });
    this.process.once('exit', () => this.arrived());
  }

  /** @throws when the process ended without a word */
  async next(): Promise<unknown> {
    while (this.messages.length === 0) {
      if (this.process.exitCode !== null) throw new Error(`${this.name} ended with ${this.process.exitCode}`);
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
    return this.messages.shift();
  }

  stop = (): Promise<void> => stop(this.process);
}

/** What `npm start` tells Node. */
const shippedNodeArgs = (): readonly string[] => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
};

/** The app as it is shipped, with the environment of deploy/. `APP_NODE_ARGS` adds to it: `--cpu-prof`. */
export function startApp(env: Readonly<Record<string, string>>): Measured {
  const { PATH = '', APP_NODE_ARGS = '' } = process.env;
  const nodeArgs = [...shippedNodeArgs(), ...APP_NODE_ARGS.split(' ').filter((arg) => arg !== '')];
  const child = spawn(process.execPath, [...nodeArgs, join(root, 'dist/app/index.js'), 'start'], {
    env: { PATH, LOG_LEVEL: 'error', NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const app = { process: child, stop: () => stop(child) };
  record(app);
  return app;
}

/** How large each app has been, since it was started: seconds, MB. */
export const recordings: (readonly [seconds: number, mb: number])[][] = [];

function record(app: Measured): void {
  const points: (readonly [number, number])[] = [];
  recordings.push(points);
  const began = performance.now();
  const timer = setInterval(() => {
    const { residentMb } = costOf(app);
    if (residentMb > 0) points.push([(performance.now() - began) / 1000, residentMb]);
  }, LOOK_MS);
  app.process.once('exit', () => clearInterval(timer));
}

/** Resolves when the app answers that it is well. */
export async function untilHealthy(address: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${address}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
