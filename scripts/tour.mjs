// npm run tour: the main job, from a CSV to a patient's reply in a thread, by itself and over the wire.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

build();
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { runTour } = (await import('../dist/app/sandbox/tour/tour.js')).default;
const socketMode = process.argv.includes('--socket');
const { PATH = '' } = process.env;
const failed = await runTour({
  program: [process.execPath, join(root, 'dist/app/index.js'), 'start'],
  samplePath: join(root, 'samples/patients.csv'),
  env: { PATH, SANDBOX_PORT: '0', ...(socketMode ? { SANDBOX_SOCKET_MODE: '1' } : {}) },
});
process.exit(failed === 0 ? 0 : 1);
