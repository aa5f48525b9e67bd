import { setFlagsFromString } from 'node:v8';

/**
 * Prisma's query compiler is WebAssembly. V8 would compile it a second time in the background, to run faster: a second of
 * processor and 80 MB at every start, for plans that are made once and then remembered. Imported before everything else.
 */
setFlagsFromString('--liftoff-only');
