// Installs what a folder with a package of its own (tools/sdk-matrix/clients/, tools/contract-checks/) needs, when it is used: heavy tools that `npm ci && npm test` does without.

import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Exactly what the lock says, and only when it is not there yet. No package's script is run. */
export function installPackages(folder: string): void {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs > statSync(join(folder, 'package-lock.json')).mtimeMs
  )
    return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    stdio: 'inherit',
  });
}
