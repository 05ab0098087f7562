// npm run check:contract: holds openapi.yaml against Redocly's and Spectral's rules, OWASP's among them, and against the last released contract. What each of
// them lets pass stands in tools/contract-checks/, with the reason. Ends with 1 when one of them finds something.

import { spawnSync } from 'node:child_process';
import { isAbsolute, join } from 'node:path';
import { installPackages } from '../tools/private-packages.ts';
import { root } from '../tools/root.ts';

const folder = join(root, 'tools', 'contract-checks');

/** What runs in tools/contract-checks/: a command of a package, or Node.js with arguments. */
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
  ['the types of what follows', join(root, 'node_modules', '.bin', 'tsc'), '-p', 'tsconfig.json'],
  [
    'what finds breaking changes',
    process.execPath,
    '--import',
    'tsx',
    '--test',
    '--test-reporter',
    'dot',
    'breaking.test.ts',
  ],
  ['the last release', process.execPath, '--import', 'tsx', 'check-breaking.ts'],
];

installPackages(folder);
for (const [what, command, ...args] of steps) {
  const start = performance.now();
  const path = isAbsolute(command) ? command : join('node_modules', '.bin', command);
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { status } = spawnSync(path, args, { cwd: folder, env, stdio: 'inherit' });
  console.log(
    `${status === 0 ? 'ok' : 'FAILED'}: ${what}, ${((performance.now() - start) / 1_000).toFixed(1)} s\n`,
  );
  if (status !== 0) process.exitCode = 1;
}
