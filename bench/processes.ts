import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
}

const TICKS_A_SECOND = 100;

/** Reads Linux's books; zeros elsewhere. */
export function costOf(pid: number): Cost {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const ticks = Number(stat[11]) + Number(stat[12]);
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    return { cpuSeconds: ticks / TICKS_A_SECOND, peakMb: Math.round(Number(peak) / 1024) };
  } catch {
    return { cpuSeconds: 0, peakMb: 0 };
  }
}

/** Runs a compiled file of this folder and waits for its first message, which is of the kind that the caller knows. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export async function startPart<T>(
  name: string,
  args: readonly string[] = [],
): Promise<Measured & { readonly first: T }> {
  const child = fork(join(__dirname, `${name}.js`), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const first = await new Promise<T>((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return { process: child, first, stop: () => stop(child) };
}

export function startApp(env: Readonly<Record<string, string>>): Measured {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [...(process.env.APP_NODE_ARGS?.split(' ') ?? []), join(root, 'dist/app/index.js'), 'start'], {
    env: { PATH, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { process: child, stop: () => stop(child) };
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
