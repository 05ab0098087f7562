// Shows that a request costs the same with 100 paths in the contract as with 10, for the last
// literal path and for the last path with a parameter. Each contract has its own process, because
// in one process the compiler would optimise the shared code for both. The contract with 10 paths
// is served twice. The difference between these two is the measurement error.

import { root } from '../../root.ts';
import { readFast } from '../runner/load.ts';
import { lastPaths } from '../servers/paths-contract.ts';
import { startServer } from '../servers/process.ts';
import { observe, reading, usageColumns, type Plan } from '../runner/world.ts';

/** The number of paths of each server. */
const sizes = { '10 paths': 10, '10 paths again': 10, '100 paths': 100 } as const;
const kinds = {
  literal: 'the last literal path',
  parameter: 'the last path with a parameter',
} as const;
const comparison = {
  with: (row: string) => (row === '10 paths' ? null : '10 paths'),
  way: 'over',
} as const;

export const paths: Plan = async ({ rounds, seconds }, ends) => {
  const servers = await Promise.all(
    Object.entries(sizes).map(async ([name, size]) => {
      const args = ['--import', 'tsx', 'tools/bench/servers/paths-server.ts', String(size)];
      const server = await startServer({ args, cwd: root, ready: lastPaths(size).literal });
      ends.unshift(server.stop);
      return { name, size, ...server, postmaster: null };
    }),
  );
  return (['literal', 'parameter'] as const).map((kind) => ({
    name: `paths, ${kind}`,
    about: `${kinds[kind]}, ${reading} connections`,
    // The effect is smaller than the noise of one turn. Measured, 100 over 10 was 1.14, 1.04 and
    // 1.00 in runs of five and nine rounds.
    rounds: 3 * rounds,
    seconds,
    columns: [
      { label: 'requests a second', metric: 'perSecond', digits: 0 },
      { label: '÷ 10 paths', metric: 'perSecond', digits: 3, compare: comparison },
      ...usageColumns,
      { label: 'CPU ÷ 10 paths', metric: 'cpu', digits: 3, compare: comparison },
    ],
    targets: servers.map((server) => ({
      async measure(length) {
        const url = server.url + lastPaths(server.size)[kind];
        return { [server.name]: await observe(server, () => readFast(url, {}, reading, length)) };
      },
    })),
  }));
};
