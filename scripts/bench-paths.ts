// npm run bench:paths: shows that a request costs the same with 100 paths in the contract as with 10, for the last literal path and
// for the last one with a parameter. Each contract is served by a process of its own, because in one process the compiler would fit
// the shared code to both; all run the whole time, and the rounds alternate, so that the machine's moods touch all alike. The contract
// with 10 paths is served twice: what the two differ by is what this machine cannot tell. Ratios are taken within a round. The server's
// processor time is told beside the throughput, since what else the machine does disturbs the two differently.

import autocannon from 'autocannon';
import { startServer, type ServerProcess } from './bench/child.ts';
import { readFlags } from './bench/flags.ts';
import { lastPaths } from './bench/paths-contract.ts';
import { formatTable, median, spread } from './bench/statistics.ts';

const { rounds, seconds, connections } = readFlags({ rounds: 9, seconds: 1, connections: 32 });
/** How many paths each server has. */
const sizes = [10, 10, 100] as const;
const kinds = { literal: 'literal', parameter: 'with a parameter' } as const;

interface Target {
  readonly server: ServerProcess;
  readonly url: string;
}

interface Measured {
  readonly requestsPerSecond: number;
  /** Microseconds of the server's processor time. */
  readonly cpuPerRequest: number;
}

async function measure({ server, url }: Target): Promise<Measured> {
  const before = await server.cpuTime();
  const result = await autocannon({ url, connections, duration: seconds });
  const after = await server.cpuTime();
  const answered = result['2xx'];
  if (answered === 0 || result.non2xx + result.errors > 0) {
    throw new Error(`${url}: ${answered} good answers, ${result.non2xx} others, ${result.errors} errors`);
  }
  return { requestsPerSecond: answered / result.duration, cpuPerRequest: (after - before) / answered };
}

/** What each target was measured to do, in the targets' order, in which every other round visits them; the rest go backwards. */
async function runRound(targets: readonly Target[], backwards: boolean): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const target of backwards ? targets.toReversed() : targets) measured.push(await measure(target));
  return backwards ? measured.reverse() : measured;
}

function rowOf(what: string, digits: number, measured: readonly (readonly number[])[]): string[] {
  const column = (index: number) => measured.map((round) => round[index] ?? Number.NaN);
  const ratios = (index: number) => measured.map((round) => (round[index] ?? Number.NaN) / (round[0] ?? Number.NaN));
  const [least, most] = spread(ratios(2));
  const medians = sizes.map((_, index) => median(column(index)).toFixed(digits));
  return [
    what,
    ...medians,
    ...[1, 2].map((index) => median(ratios(index)).toFixed(3)),
    `${least.toFixed(2)} to ${most.toFixed(2)}`,
  ];
}

async function compare(servers: readonly ServerProcess[], kind: keyof typeof kinds): Promise<string[][]> {
  const targets = servers.map((server, index) => ({ server, url: server.url + lastPaths(sizes[index] ?? 10)[kind] }));
  for (const target of targets) await measure(target); // until the code is compiled
  const measured: Measured[][] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await runRound(targets, round % 2 === 1));
  const read = (member: keyof Measured) => measured.map((round) => round.map((each) => each[member]));
  return [
    rowOf(`${kinds[kind]}, requests a second`, 0, read('requestsPerSecond')),
    rowOf(`${kinds[kind]}, CPU µs a request`, 1, read('cpuPerRequest')),
  ];
}

console.log(
  `${connections} connections, ${rounds} rounds of ${seconds} s for each server; medians, and of the last ratio its range.\n`,
);
const header = ['the last path', '10 paths', '10 again', '100 paths', '10 again ÷ 10', '100 ÷ 10', 'in one round'];
const servers: ServerProcess[] = [];
try {
  for (const size of sizes) servers.push(await startServer('paths-server.ts', String(size)));
  console.log(formatTable([header, ...(await compare(servers, 'literal')), ...(await compare(servers, 'parameter'))]));
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}
