// npm start: builds what is out of date, reads .env if there is one, and starts.
import { existsSync } from 'node:fs';
import { build } from './build.mjs';

build();
if (existsSync('.env')) process.loadEnvFile('.env');
await import('../dist/app/index.js');
