import { workerData } from 'node:worker_threads';
import type { DatabasePlace } from './connection';
import { copyDatabase } from './copy';

const { place, target } = workerData as { readonly place: DatabasePlace; readonly target: string };
copyDatabase(place, target);
