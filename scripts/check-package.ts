// npm run check:package: checks the package that `npm pack` creates with publint and attw (Are the
// Types Wrong?). It must contain the files that the server, the commands and the client need. It
// must not contain files that only this repository needs.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const needed = [
  'openapi.yaml',
  'dist/src/cli/main.js',
  'dist/src/client/index.js',
  'dist/src/client/index.d.ts',
  'dist/src/domain/passwords/password-worker.js',
  'dist/src/domain/passwords/hashers.js',
];
const foreign = /(^|\/)(test|node_modules|\.data|\.env)(\/|$)|\.tgz$/;

const folder = mkdtempSync(join(tmpdir(), 'rolegate-package-'));
try {
  const { filename, files } = pack(folder);
  const missing = needed.filter((path) => !files.includes(path));
  const unwanted = files.filter((path) => foreign.test(path));
  if (missing.length + unwanted.length > 0)
    throw new Error(`missing: ${missing.join(' ')}; unwanted: ${unwanted.join(' ')}`);
  const tarball = join(folder, filename);
  run('publint', 'run', '--strict', tarball);
  // The package is ESM for Node.js 20.19, where `require` loads ESM. The contract's YAML has no
  // types.
  run(
    'attw',
    tarball,
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    './openapi.yaml',
    '--no-definitely-typed',
  );
  console.log(`${filename}: ${files.length} files.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack(destination: string): { filename: string; files: string[] } {
  const output = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', destination],
    {
      encoding: 'utf8',
    },
  );
  // npm 11 and earlier print a list, later versions an object by package name.
  const [packed] = Object.values(
    JSON.parse(output) as Record<string, { filename: string; files: { path: string }[] }>,
  );
  if (!packed) throw new Error('npm pack created no package');
  return { filename: packed.filename, files: packed.files.map(({ path }) => path) };
}

function run(tool: string, ...args: string[]): void {
  execFileSync(join('node_modules', '.bin', tool), args, { stdio: 'inherit' });
}
