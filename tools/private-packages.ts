// Installs the packages of a tool on its first use: tools/sdk-matrix/clients/,
// tools/contract-checks/. These tools are heavy, and `npm ci && npm test` does not need them.

import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the versions of the lock file, if they are not installed yet. Runs no scripts of the
 * packages.
 */
export function installPackages(folder: string): void {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs > statSync(join(folder, 'package-lock.json')).mtimeMs
  )
    return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    stdio: ['ignore', 2, 2], // stdout is the report's
  });
}
