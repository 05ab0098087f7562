// npm run check [-- <step> …]: all that CI runs on every change, or the named steps of it. Each
// step says how long it took; the first that fails ends the run with exit code 1.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../tools/root.ts';

/** A step runs commands of installed packages, or `node` with a script. */
const steps: Readonly<Record<string, readonly string[]>> = {
  generated: ['tsx scripts/generate.ts --check'],
  types: ['tsc --noEmit', 'tsc --noEmit -p tsconfig.client.json'],
  lint: ['eslint .', 'depcruise --config .dependency-cruiser.mjs src db scripts tools test'],
  format: ['prettier --check --log-level warn .'],
  links: ['remark . --quiet --frail'],
  package: ['tsx scripts/check-package.ts'],
  tests: ['npm test'],
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}

for (const [name, commands] of Object.entries(steps)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const start = performance.now();
  const failed = commands.find((command) => !succeeds(command));
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  if (failed !== undefined) {
    console.error(`FAILED: ${name} (${failed}), ${seconds} s`);
    process.exit(1);
  }
  console.log(`ok: ${name}, ${seconds} s`);
}

function succeeds(command: string): boolean {
  const path = join(root, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${path}:${process.env['PATH'] ?? ''}` };
  return spawnSync(command, { cwd: root, env, shell: true, stdio: 'inherit' }).status === 0;
}
