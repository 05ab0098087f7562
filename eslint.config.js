import js from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'artifacts/',
      '.data/',
      'src/contract/openapi.gen.ts',
      'tools/sdk-matrix/clients/generated/',
    ],
  },
  js.configs.recommended,
  {
    plugins: { '@stylistic': stylistic },
    rules: {
      // Prettier wraps code at this width, but not comments and long strings.
      '@stylistic/max-len': [
        'error',
        {
          code: 100,
          ignoreUrls: true,
          ignoreRegExpLiterals: true,
          ignorePattern: 'eslint-disable',
        },
      ],
    },
  },
  {
    files: ['**/*.ts', 'src/**/*.js'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // The only classes are errors, so no function depends on `this`.
      '@typescript-eslint/unbound-method': 'off',
      // An operation without parameters has an empty object, and its handler has that type.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'max-lines': ['error', { max: 220, skipComments: true, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/cli/**', 'src/db/embedded/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Only src/cli touches the process.' },
      ],
    },
  },
  {
    // Their imports are generated or installed when they run, and compiled then: `npm run
    // sdk:matrix`, `npm run check:contract`.
    files: ['tools/sdk-matrix/clients/**/*.ts', 'tools/contract-checks/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  // A migration stays as it was applied, its SQL included.
  { files: ['db/migrations/**'], rules: { '@stylistic/max-len': 'off' } },
  // A table, not code.
  { files: ['src/config/variables.ts'], rules: { 'max-lines': 'off' } },
  {
    files: ['scripts/**', 'tools/**', 'src/cli/run.ts', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      // For the bodies of answers: each was validated against the contract before a test reads it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['pages/**'],
    languageOptions: {
      globals: { document: 'readonly', Redoc: 'readonly', SwaggerUIBundle: 'readonly' },
    },
  },
  {
    files: ['examples/web/**'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'window', 'location', 'localStorage', 'FormData', 'CSS'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
