// Builds what is out of date, and only that: the database client, the app, the sandbox's page.
// Each step has a stamp in dist/.stamps; a step is due when one of its inputs is newer than its stamp.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamps = join(root, 'dist/.stamps');
const bin = (name) => join(root, 'node_modules', name);

const STEPS = [
  {
    name: 'client',
    says: 'the database client',
    inputs: ['prisma/schema.prisma'],
    outputs: ['src/store/generated/client.ts'],
    // `generate` asks for the schema engine's binary and does not use it: any executable file does, and none is fetched.
    run: () =>
      node([bin('prisma/build/index.js'), 'generate'], {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CI: '1',
        CHECKPOINT_DISABLE: '1',
      }),
  },
  {
    name: 'app',
    says: 'the app',
    inputs: ['src', 'tsconfig.json', 'tsconfig.build.json'],
    except: ['src/sandbox/page'],
    outputs: ['dist/app/index.js'],
    run: () => node([bin('typescript/bin/tsc'), '-p', 'tsconfig.build.json']),
  },
  {
    name: 'page',
    says: 'the sandbox’s page',
    inputs: ['src/sandbox/page', 'src/sandbox/contract.ts'],
    outputs: ['dist/page/index.html'],
    run: () =>
      node([bin('vite/bin/vite.js'), 'build', '--config', 'src/sandbox/page/vite.config.mts', '--logLevel', 'error']),
  },
];

function node(args, env = {}) {
  const done = spawnSync(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8' });
  if (done.status === 0) return;
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
  process.exit(done.status ?? 1);
}

const newest = (path, except) => {
  if (except.includes(path)) return 0;
  const full = join(root, path);
  const stat = statSync(full);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(full).map((name) => newest(`${path}/${name}`, except)));
};

const isDue = ({ name, inputs, outputs, except = [] }) => {
  const stamp = join(stamps, name);
  if (!existsSync(stamp) || outputs.some((output) => !existsSync(join(root, output)))) return true;
  const since = statSync(stamp).mtimeMs;
  return inputs.some((input) => newest(input, except) > since);
};

export function build({ quiet = false } = {}) {
  mkdirSync(stamps, { recursive: true });
  for (const step of STEPS) {
    if (!isDue(step)) continue;
    if (!quiet) console.log(`Building ${step.says} …`);
    step.run();
    writeFileSync(join(stamps, step.name), '');
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
