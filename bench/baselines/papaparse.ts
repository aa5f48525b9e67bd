import { createReadStream } from 'node:fs';
import Papa from 'papaparse';

/** papaparse alone: every row of the file as an array, streamed, and forgotten. */
const [, , path = ''] = process.argv;
let rows = 0;
const began = performance.now();
createReadStream(path)
  .pipe(Papa.parse(Papa.NODE_STREAM_INPUT, {}))
  .on('data', () => (rows += 1))
  .on('end', () => process.send?.({ ms: performance.now() - began, rows: rows - 1 }));
