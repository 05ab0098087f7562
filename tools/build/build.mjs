// Builds dist/ when a source is newer than the last build (with --anyway: also when none is), so that `npm start` is quick when nothing has changed, and never runs old code.
// Where TypeScript is not installed (a production install), it leaves dist/ as it is.

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
  'scripts',
  'tools/build',
  'tools/progress.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.client.json',
  'package-lock.json',
];

if (!existsSync(compiler) && !existsSync(join(root, 'dist'))) {
  console.error('dist/ is missing, and so is TypeScript. Run "npm ci --include=dev" first.');
  process.exit(1);
}
const builtAt =
  existsSync(stamp) && !process.argv.includes('--anyway') ? statSync(stamp).mtimeMs : 0;
if (existsSync(compiler) && sources.some((path) => newest(join(root, path)) > builtAt)) {
  const start = new Date();
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(compiler, '-p', join(root, 'tsconfig.build.json'));
  run(compiler, '-p', join(root, 'tsconfig.client.json'));
  run(join(root, 'tools', 'build', 'build-contract.mjs'));
  run(join(root, 'tools', 'build', 'build-pages.mjs'));
  chmodSync(join(root, 'dist', 'src', 'cli', 'main.js'), 0o755); // the command: the compiler writes plain files
  writeFileSync(stamp, '');
  utimesSync(stamp, start, start); // what was saved during the build is newer
}

/** @param {string[]} command a script and its arguments; when it fails, so does this */
function run(...command) {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** @param {string} path @returns {number} the newest modification time at or below it, in milliseconds */
function newest(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
