// Builds dist/ when a source is newer than the last build, so that no command runs old code and an
// unchanged project starts at once. Without TypeScript (a production install) dist/ stays as it is.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'dist', '.built');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const sources = [
  'src',
  'db',
  'pages',
  'scripts/seed.ts',
  'tools/build',
  'tools/progress.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.client.json',
  'package-lock.json',
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildIfStale({ anyway: process.argv.includes('--anyway') });
}

/**
 * Ends the process with exit code 1 when the build fails.
 * @param {{ anyway?: boolean }} [options] anyway: builds an up-to-date dist/ again
 */
export function buildIfStale({ anyway = false } = {}) {
  if (!existsSync(compiler)) {
    if (existsSync(join(root, 'dist'))) return;
    console.error('dist/ is missing, and so is TypeScript. Run "npm ci --include=dev" first.');
    process.exit(1);
  }
  const builtAt = existsSync(stamp) && !anyway ? statSync(stamp).mtimeMs : 0;
  if (sources.every((path) => newest(join(root, path)) <= builtAt)) return;
  const start = new Date();
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(compiler, '-p', join(root, 'tsconfig.build.json'));
  run(compiler, '-p', join(root, 'tsconfig.client.json'));
  run(join(root, 'tools', 'build', 'build-contract.mjs'));
  run(join(root, 'tools', 'build', 'build-pages.mjs'));
  // The command must be executable; the compiler writes plain files.
  chmodSync(join(root, 'dist', 'src', 'cli', 'main.js'), 0o755);
  writeFileSync(stamp, '');
  utimesSync(stamp, start, start); // a file that is saved during the build is newer
}

/** @param {string[]} command a script and its arguments; a failure ends this process as well */
function run(...command) {
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/** @param {string} path @returns {number} newest modification time at or below it, milliseconds */
function newest(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
