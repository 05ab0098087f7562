import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Imports go one way: cli -> app -> handlers -> domain -> db. The contract and db know nothing of ours above them. */
function mayNotImport(folder, forbidden) {
  return {
    files: [`src/${folder}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: forbidden.map(({ names, typesToo = true }) => ({
            regex: `(^(?:\\.\\./)+(${names.join('|')})(/|\\.ts$))|^(${names.join('|')})$`,
            allowTypeImports: !typesToo,
            message: `src/${folder} does not know this; see CONTRIBUTING.md, "The house".`,
          })),
        },
      ],
    },
  };
}

const forTypes = (names) => ({ names, typesToo: false });
const not = (names) => ({ names });
const ours = [
  'cli',
  'app',
  'server',
  'config',
  'config-values',
  'handlers',
  'http',
  'domain',
  'db',
  'mail',
  'pages',
  'contract',
  'observability',
  'client',
  'verify',
];
const except = (...known) => ours.filter((name) => !known.includes(name));

export default tseslint.config(
  { ignores: ['dist/', 'artifacts/', '.data/', 'src/contract/openapi.gen.ts', 'sdk-matrix/generated/'] },
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
  mayNotImport('contract', [not(except()), not(['express', 'knex', 'pg'])]),
  mayNotImport('db', [not(except()), not(['express'])]),
  mayNotImport('domain', [not(except('db')), not(['express', 'knex', 'pg'])]),
  mayNotImport('handlers', [not(except('domain', 'contract')), forTypes(['contract']), not(['express', 'knex', 'pg'])]),
  mayNotImport('http', [
    not(except('contract', 'domain', 'observability')),
    forTypes(['domain/(?!errors)[^/]+']),
    not(['knex', 'pg']),
  ]),
  mayNotImport('mail', [not(except('domain')), forTypes(['domain']), not(['express', 'knex', 'pg'])]),
  mayNotImport('observability', [not(except())]),
  mayNotImport('verify', [not(except('contract')), not(['express', 'knex', 'pg'])]),
  {
    files: ['src/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^\\./cli/', message: 'The commands are at the top: nothing imports them.' }] },
      ],
    },
  },
  {
    // The client runs in browsers, and is all that its users get: of ours it knows the contract's types, of npm one package.
    files: ['src/client/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\./|\\.\\./contract/openapi\\.gen\\.ts$|openapi-fetch$)',
              message: 'The client imports nothing else.',
            },
            { regex: '^\\.\\./', allowTypeImports: true, message: 'Types only.' },
          ],
        },
      ],
    },
  },
  {
    // Each call of `rolegate` reads these, also for a help text: what takes time to import, an action imports when it runs.
    files: ['src/cli/main.ts', 'src/cli/program.ts', 'src/cli/commands/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex:
                '^(?!node:|commander$|(\\.\\./)*domain/roles\\.ts$|\\./(program|run|help|commands/[a-z]+|users-[a-z]+)\\.ts$|\\.\\./(help|output|run)\\.ts$)',
              allowTypeImports: true,
              message: 'Import this when the command runs: await import(…).',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/cli/**', 'src/db/embedded*.ts', 'src/db/kept-secret.ts'],
    rules: { 'no-restricted-globals': ['error', { name: 'process', message: 'Only src/cli touches the process.' }] },
  },
  {
    // What these import is generated or installed when they run, and compiled then: `npm run sdk:matrix`, `npm run check:contract`.
    files: ['sdk-matrix/**/*.ts', 'contract-checks/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  { files: ['scripts/**', 'sdk-matrix/**', 'contract-checks/**', 'src/cli/run.ts', 'test/**'], rules: { 'no-console': 'off' } },
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
