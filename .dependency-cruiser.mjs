// Which folder may import which: cli -> app -> handlers -> domain -> db, and no circles anywhere.
// `npm run lint` checks it on resolved files, so no spelling of a path gets around it.

/** Each folder of `src` and what it may import; `types` may be imported as types only. */
const layers = {
  client: { types: ['contract/openapi.gen.ts'] },
  config: {},
  contract: {},
  db: {},
  domain: { imports: ['db'] },
  handlers: { imports: ['domain'], types: ['contract'] },
  http: { imports: ['contract', 'domain/errors.ts'], types: ['domain', 'observability'] },
  mail: { types: ['domain'] },
  observability: {},
  verify: { imports: ['contract'] },
};

/** The capabilities of the domain. Each may import those after it and none before it. */
const capabilities = ['sessions', 'users', 'mailing', 'audit', 'callers', 'passwords', 'tokens'];

/** Packages that only some folders of `src` may import; elsewhere only their types. */
const packages = {
  express: ['app.ts', 'http/'],
  knex: ['db/'],
  pg: ['db/'],
  'openapi-fetch': ['client/'],
  nodemailer: ['mail/'],
};

const escape = (path) => path.replaceAll('.', '\\.');
const anyOf = (paths) => `^src/(${paths.map(escape).join('|')})`;
const notTypes = { dependencyTypesNot: ['type-only'] };

function layerRules([folder, { imports = [], types = [] }]) {
  const from = { path: `^src/${folder}/` };
  return [
    {
      name: `${folder}-imports`,
      comment: `src/${folder} does not know this; see CONTRIBUTING.md, "Project layout".`,
      severity: 'error',
      from,
      to: {
        path: '^(src|tools|scripts|test)/',
        pathNot: anyOf([`${folder}/`, ...imports, ...types]),
      },
    },
    {
      name: `${folder}-imports-types-only`,
      comment: `src/${folder} may import types from there, and nothing else.`,
      severity: 'error',
      from,
      to: {
        path: anyOf(types.length > 0 ? types : ['nothing']),
        pathNot: anyOf([`${folder}/`, ...imports]),
        ...notTypes,
      },
    },
  ];
}

function capabilityRules(capability, index) {
  if (index === 0) return [];
  const above = capabilities.slice(0, index).join('|');
  return {
    name: `domain-${capability}-imports`,
    comment: `src/domain/${capability} imports no capability above it: ${capabilities.join(', ')}.`,
    severity: 'error',
    from: { path: `^src/domain/${capability}/` },
    to: { path: `^src/domain/(${above})/` },
  };
}

function packageRule([name, folders]) {
  return {
    name: `package-${name}`,
    comment: `Only these files of src import ${name}: ${folders.join(', ')}.`,
    severity: 'error',
    from: { path: '^src/', pathNot: anyOf(folders) },
    to: { path: `^node_modules/${name}/`, ...notTypes },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(layers).flatMap(layerRules),
    ...capabilities.flatMap(capabilityRules),
    ...Object.entries(packages).map(packageRule),
    {
      name: 'cli-is-at-the-top',
      comment: 'The commands are at the top: nothing else in src imports them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'cli-imports-late',
      comment:
        'Each command reads these files, also for a help text: import this when the command runs.',
      severity: 'error',
      from: { path: '^src/cli/(main|program|commands/[a-z-]+)\\.ts$' },
      to: {
        pathNot:
          '^src/(domain/roles|cli/(program|run|help|output|commands/[a-z-]+))\\.ts$|' +
          '^node_modules/commander/|^[a-z_/]+$',
        dependencyTypesNot: ['type-only', 'dynamic-import', 'core'],
      },
    },
    {
      name: 'client-imports',
      comment:
        'The client runs in browsers: of npm it imports openapi-fetch, and nothing of Node.js.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: { pathNot: '^src/(client/|contract/openapi\\.gen\\.ts$)|^node_modules/openapi-fetch/' },
    },
    {
      name: 'src-stands-alone',
      comment: 'What is shipped imports nothing of the tools and tests.',
      severity: 'error',
      from: { path: '^(src|db)/' },
      to: { path: '^(tools|scripts|test)/' },
    },
    {
      name: 'tools-import-no-tests',
      comment: 'What both need is in tools/.',
      severity: 'error',
      from: { path: '^(tools|scripts)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path:
        '^(dist|artifacts)/|' +
        '^tools/(contract-checks|sdk-matrix/clients|bench/servers/better-auth)/',
    },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
