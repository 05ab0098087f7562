// npm run check:contract: checks openapi.yaml against the rules of Redocly, Spectral and OWASP, and
// against the last released contract. tools/contract-checks/ lists the exceptions with their
// reasons. Exits with 1 when a step fails.

import { spawnSync } from 'node:child_process';
import { isAbsolute, join } from 'node:path';
import { installPackages } from '../tools/private-packages.ts';
import { root } from '../tools/root.ts';

const folder = join(root, 'tools', 'contract-checks');

/** The commands that run in tools/contract-checks/: one of its packages, or Node.js. */
const steps: readonly (readonly [what: string, command: string, ...args: string[]])[] = [
  ["Redocly's rules", 'redocly', 'lint', '../../openapi.yaml', '--config', 'redocly.yaml'],
  [
    "Spectral's rules",
    'spectral',
    'lint',
    '../../openapi.yaml',
    '--ruleset',
    '.spectral.yaml',
    '--fail-severity',
    'hint',
  ],
  ['types of the next steps', join(root, 'node_modules', '.bin', 'tsc'), '-p', 'tsconfig.json'],
  [
    'tests of the check for breaking changes',
    process.execPath,
    '--import',
    'tsx',
    '--test',
    '--test-reporter',
    'dot',
    'breaking.test.ts',
  ],
  [
    'breaking changes since the last release',
    process.execPath,
    '--import',
    'tsx',
    'check-breaking.ts',
  ],
];

installPackages(folder);
for (const [what, command, ...args] of steps) {
  const start = performance.now();
  const path = isAbsolute(command) ? command : join('node_modules', '.bin', command);
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { status } = spawnSync(path, args, { cwd: folder, env, stdio: 'inherit' });
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${what}, ${seconds} s\n`);
  if (status !== 0) process.exitCode = 1;
}
