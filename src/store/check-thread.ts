import { parentPort, workerData } from 'node:worker_threads';
import { checkDatabase, type DatabaseCheck } from './check-database';

parentPort?.postMessage(checkDatabase(workerData as DatabaseCheck));
