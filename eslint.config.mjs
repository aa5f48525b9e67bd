import tseslint from 'typescript-eslint';
import globals from 'globals';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'src/store/generated/', 'src/sandbox/page/', 'coverage/', 'data/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      // Ids and counts in texts are the everyday case here.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A port's method may be synchronous in one implementation and not in the other.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // `const { a: _a, ...rest }` is how a property is left out.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
      // Code points are what we mean where we spread.
      '@typescript-eslint/no-misused-spread': 'off',
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
    },
  },
  {
    // Stories and tables of examples are read from top to bottom; their length is no missing word.
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      'max-params': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // expect.any() and friends.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // Node's handlers begin with request and response; and the JSON of strangers is turned into text as it comes.
    files: ['src/sandbox/**/*.ts'],
    rules: { 'max-params': ['error', 4], '@typescript-eslint/no-base-to-string': 'off' },
  },
  {
    // Tables of data.
    files: ['src/domain/phone-zones.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // A table of what the sandbox offers.
    files: ['src/sandbox/contract.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // The only reader of process.env.
    files: ['src/**/*.ts'],
    ignores: ['src/index.ts', 'src/config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'config.ts reads the environment.' },
      ],
    },
  },
  { files: ['scripts/**/*.mjs', '*.mjs', '*.cjs', '*.js'], languageOptions: { globals: globals.node } },
);
