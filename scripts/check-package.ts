// Holds the package, as `npm pack` makes it, against what installers and compilers expect: publint, attw (Are the Types Wrong?), and the list of
// files that a server, its commands and the client need, with none that is a matter of this repository alone.

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
    throw new Error(`missing: ${missing.join(' ')}; not wanted: ${unwanted.join(' ')}`);
  const tarball = join(folder, filename);
  run('publint', 'run', '--strict', tarball);
  // The package is ESM for Node.js 20.19, where `require` takes ESM, and has no types for the contract's YAML.
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
  // npm 11 and earlier answer a list; later ones an object by package.
  const [packed] = Object.values(
    JSON.parse(output) as Record<string, { filename: string; files: { path: string }[] }>,
  );
  if (!packed) throw new Error('npm pack made nothing');
  return { filename: packed.filename, files: packed.files.map(({ path }) => path) };
}

function run(tool: string, ...args: string[]): void {
  execFileSync(join('node_modules', '.bin', tool), args, { stdio: 'inherit' });
}
