import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'artifacts/', '.data/', 'src/contract/openapi.gen.ts', 'tools/sdk-matrix/clients/generated/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', 'src/**/*.js'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // There is no class here but errors, so no function has a `this` that could get lost.
      '@typescript-eslint/unbound-method': 'off',
      // An operation without parameters has an empty object of them, and its handler is told so.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'max-lines': ['error', { max: 200, skipComments: true, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/cli/**', 'src/db/embedded/**'],
    rules: { 'no-restricted-globals': ['error', { name: 'process', message: 'Only src/cli touches the process.' }] },
  },
  {
    // What these import is generated or installed when they run, and compiled then: `npm run sdk:matrix`, `npm run check:contract`.
    files: ['tools/sdk-matrix/clients/**/*.ts', 'tools/contract-checks/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  { files: ['scripts/**', 'tools/**', 'src/cli/run.ts', 'test/**'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      // The bodies of answers: each has been held against the contract before a test reads it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['pages/**'], languageOptions: { globals: { document: 'readonly', Redoc: 'readonly', SwaggerUIBundle: 'readonly' } } },
  {
    files: ['examples/web/**'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'window', 'location', 'localStorage', 'FormData', 'CSS'].map((name) => [name, 'readonly']),
      ),
    },
  },
  { files: ['**/*.js', '**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } } },
);
