// npm run bench:storm: measures how long a trivial read waits while sign-ins, each a bcrypt comparison, use all that the machine has.
// The reads come at a fixed rate, whether or not the ones before are answered, and their time counts from when they were due: a
// server that stalls cannot hide it by being asked less. Exits 1 when their p99 during the storm is over 50 ms.

import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { startServer } from './bench/child.ts';
import { readFlags } from './bench/flags.ts';
import { formatTable, quantile } from './bench/statistics.ts';

const { seconds, rate, connections } = readFlags({ seconds: 8, rate: 50, connections: 8 });
/** Milliseconds. */
const limit = 50;
const agent = new Agent({ keepAlive: true });
const user = { username: 'storm', password: 'correct horse battery' };
const json = { 'content-type': 'application/json' };

/** Milliseconds that each read took, from when it was due. */
async function readSteadily(url: string): Promise<number[]> {
  const start = performance.now();
  const reads = Array.from({ length: rate * seconds }, async (_, index) => {
    const due = start + (index * 1_000) / rate;
    await sleep(due - performance.now());
    return (await read(url)) - due;
  });
  return Promise.all(reads);
}

/** Tells when the answer was there. */
async function read(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/test/all`, { agent, timeout: 30_000 }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now());
        else reject(new Error(`a read was answered ${response.statusCode ?? 'nothing'}`));
      });
    });
    request.once('timeout', () => request.destroy(new Error('a read was not answered for 30 s')));
    request.once('error', reject);
  });
}

/** Signs in without pause for as long as the reads last, and tells how many sign-ins a second there were. */
async function storm(url: string): Promise<number> {
  const options = { url: `${url}/api/auth/signin`, connections, duration: seconds + 2, method: 'POST', headers: json } as const;
  const result = await autocannon({ ...options, body: JSON.stringify(user) });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx + result.errors} sign-ins failed`);
  return result['2xx'] / result.duration;
}

async function signUp(url: string): Promise<void> {
  const body = JSON.stringify({ ...user, email: 'storm@example.com' });
  const { status } = await fetch(`${url}/api/auth/signup`, { method: 'POST', headers: json, body });
  if (status !== 201) throw new Error(`sign-up was answered ${status}`);
}

function rowOf(what: string, times: readonly number[], signIns: string): string[] {
  return [what, ...[0.5, 0.99, 1].map((part) => quantile(times, part).toFixed(1)), signIns];
}

async function compare(url: string): Promise<void> {
  await signUp(url);
  await autocannon({ url: `${url}/api/test/all`, connections, amount: 2_000 }); // until the code is compiled
  const quiet = await readSteadily(url);
  const [signIns, stormy] = await Promise.all([storm(url), sleep(1_000).then(() => readSteadily(url))]);
  const header = ['reads', 'p50 ms', 'p99 ms', 'max ms', 'sign-ins a second'];
  console.log(formatTable([header, rowOf('quiet', quiet, '0'), rowOf('storm', stormy, signIns.toFixed(1))]));
  if (quantile(stormy, 0.99) <= limit) return;
  console.error(`\nDuring the storm the p99 is over ${limit} ms.`);
  process.exitCode = 1;
}

console.log(`GET /api/test/all, ${rate} times a second for ${seconds} s; then while ${connections} connections sign in.\n`);
const server = await startServer('storm-server.ts');
try {
  await compare(server.url);
} finally {
  agent.destroy();
  await server.stop();
}
