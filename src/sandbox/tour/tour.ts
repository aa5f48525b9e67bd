import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { until } from '../driver/http';
import { SandboxDriver } from '../driver/sandbox-driver';
import { STEPS, type Tour } from './steps';

export interface TourOptions {
  /** The program that `npm start` runs. */
  readonly program: readonly string[];
  readonly samplePath: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Starts the app as `npm start` does and goes through its main job by itself, over the wire.
 * @returns how many steps did not happen
 */
export async function runTour({ program, samplePath, env }: TourOptions): Promise<number> {
  const app = spawn(program[0] ?? '', program.slice(1), { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const box = await SandboxDriver.at(await addressOf(app));
    const tour: Tour = {
      box,
      sample: readFileSync(samplePath),
      saw: (text) => console.log(`      ${text.replace(/\s+/g, ' ')}`),
      found: {},
    };
    return await walk(tour);
  } finally {
    app.kill('SIGTERM');
  }
}

async function walk(tour: Tour): Promise<number> {
  for (const [index, { title, run }] of STEPS.entries()) {
    console.log(`\n  ${index + 1}. ${title}`);
    try {
      await run(tour);
      console.log('      ✓');
    } catch (error) {
      console.log(`      ✗ ${error instanceof Error ? error.message : String(error)}`);
      return STEPS.length - index;
    }
  }
  console.log(`\n  All ${STEPS.length} steps happened.\n`);
  return 0;
}

async function addressOf(app: ChildProcess): Promise<string> {
  let printed = '';
  app.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return until(
    'the sandbox’s address',
    () => {
      if (app.exitCode !== null) throw new Error(`the app ended with ${app.exitCode}`);
      return Promise.resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]);
    },
    30_000,
  );
}
