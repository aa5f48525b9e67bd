// npm run bench [-- dispatch] [-- --json] [-- --large]: figures beside their baselines, in the same run.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

build({ quiet: true });
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = (args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
const compiled = node([join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.bench.json']);
process.exit(compiled || node([join(root, 'dist/bench/bench/run.js'), ...process.argv.slice(2)]));
