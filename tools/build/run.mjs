// Builds dist/ when it is stale, then runs a program: `rolegate` (the built command), a script in
// TypeScript or JavaScript, or a command of an installed package. Every npm script that needs an
// up-to-date build goes through here.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [program = '', ...args] = process.argv.slice(2);

buildIfStale();
if (program === 'rolegate') {
  await runHere(join(root, 'dist', 'src', 'cli', 'main.js'));
} else if (/\.m?js$/.test(program)) {
  await runHere(resolve(program));
} else if (program.endsWith('.ts')) {
  (await import('tsx/esm/api')).register();
  await runHere(resolve(program));
} else {
  runCommand(join(root, 'node_modules', '.bin', program));
}

/** In this process, so that signals and the exit code are the program's own. */
async function runHere(/** @type {string} */ file) {
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

function runCommand(/** @type {string} */ command) {
  if (!existsSync(command)) {
    console.error(`There is no command ${program}. Run "npm ci" first.`);
    process.exit(2);
  }
  const child = spawn(command, args, { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('close', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1;
  });
}
