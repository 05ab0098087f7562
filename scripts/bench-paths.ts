// npm run bench:paths: shows that a request costs the same with 100 paths in the contract as with 10, for the last literal path and
// for the last one with a parameter. Each contract is served by a process of its own, because in one process the compiler would fit
// the shared code to both; both run all the time, and the rounds alternate, so that the machine's moods touch both alike. Ratios are
// taken within a round. The server's processor time is told beside the throughput: what else the machine does disturbs it less.

import autocannon from 'autocannon';
import { startServer, type ServerProcess } from './bench/child.ts';
import { readFlags } from './bench/flags.ts';
import { lastPaths } from './bench/paths-contract.ts';
import { formatTable, median, spread } from './bench/statistics.ts';

const { rounds, seconds, connections } = readFlags({ rounds: 7, seconds: 2, connections: 32 });
const sizes = [10, 100] as const;
const kinds = ['literal', 'parameter'] as const;

type Size = (typeof sizes)[number];
type Kind = (typeof kinds)[number];
type Servers = Readonly<Record<Size, ServerProcess>>;

interface Measured {
  readonly requestsPerSecond: number;
  /** Microseconds of the server's processor time. */
  readonly cpuPerRequest: number;
}
type Round = Readonly<Record<Size, Measured>>;

async function measure(server: ServerProcess, path: string, duration = seconds): Promise<Measured> {
  const before = await server.cpuTime();
  const result = await autocannon({ url: server.url + path, connections, duration });
  const after = await server.cpuTime();
  const answered = result['2xx'];
  if (answered === 0 || result.non2xx + result.errors > 0) {
    throw new Error(`${path}: ${answered} good answers, ${result.non2xx} others, ${result.errors} errors`);
  }
  return { requestsPerSecond: answered / result.duration, cpuPerRequest: (after - before) / answered };
}

async function runRound(servers: Servers, kind: Kind, round: number): Promise<Round> {
  const measured: Partial<Record<Size, Measured>> = {};
  for (const size of round % 2 === 0 ? sizes : sizes.toReversed()) {
    measured[size] = await measure(servers[size], lastPaths(size)[kind]);
  }
  return measured as Round;
}

function rowOf(what: string, rounds: readonly Round[], digits: number, read: (measured: Measured) => number): string[] {
  const ratios = rounds.map((round) => read(round[100]) / read(round[10]));
  const [least, most] = spread(ratios);
  const medianOf = (size: Size) => median(rounds.map((round) => read(round[size]))).toFixed(digits);
  return [what, medianOf(10), medianOf(100), median(ratios).toFixed(3), `${least.toFixed(3)} to ${most.toFixed(3)}`];
}

async function compare(servers: Servers): Promise<void> {
  const rows = [['the last path', '10 paths', '100 paths', '100 ÷ 10', 'round by round']];
  for (const kind of kinds) {
    for (const size of sizes) await measure(servers[size], lastPaths(size)[kind], 2); // until the code is compiled
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) measured.push(await runRound(servers, kind, round));
    const name = kind === 'literal' ? 'literal' : 'with a parameter';
    rows.push(rowOf(`${name}, requests a second`, measured, 0, ({ requestsPerSecond }) => requestsPerSecond));
    rows.push(rowOf(`${name}, CPU µs a request`, measured, 1, ({ cpuPerRequest }) => cpuPerRequest));
  }
  console.log(formatTable(rows));
}

console.log(`${connections} connections, ${rounds} rounds of ${seconds} s each; medians.\n`);
const small = await startServer('paths-server.ts', '10');
try {
  const large = await startServer('paths-server.ts', '100');
  try {
    await compare({ 10: small, 100: large });
  } finally {
    await large.stop();
  }
} finally {
  await small.stop();
}
