/** Types are checked by `npm run check`; the tests only need the code transpiled, fast. */
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // Prisma's generated client is TypeScript that imports its parts as `.js`.
  moduleNameMapper: { '^(\\./(?:internal/.+|models/.+|enums|models))\\.js$': '$1' },
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/scripts/tally-reporter.cjs'],
  // Stories wait for Slack's pace most of the time: four of them keep two cores half busy.
  maxWorkers: 4,
};
