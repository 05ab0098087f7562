// Reads while sign-ins use the whole machine, because each of them needs a password hash. Measures
// the time of reads at a fixed rate, quiet and during the storm, and the throughput of many readers
// during the storm.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Read } from '../servers/adapters.ts';
import { createHttpClient, NoAnswer, type Ask } from '../runner/http.ts';
import { readFast, repeat, sendSteadily } from '../runner/load.ts';
import type { Column, Readings, Round } from '../runner/rounds.ts';
import { quantile } from '../../statistics.ts';
import { reading, signingIn, type Guarded, type Plan } from '../runner/world.ts';

/** Reads a second of each operation in `steadyReads`. */
const rate = 50;
/** Milliseconds to wait for a read. A read without an answer counts with this time. */
const patience = 10_000;
const steadyReads = ['getPublicContent', 'getAdminContent'] as const;

type Situation = 'quiet' | 'in the storm';

/** The name of a row. */
export function stormRow(server: string, read: Read, situation: Situation): string {
  return `${server}, ${read}, ${situation}`;
}

const quietRow = (row: string) =>
  row.endsWith('in the storm') ? row.replace('in the storm', 'quiet') : null;

const columns: readonly Column[] = [
  { label: 'p50 ms', metric: 'p50', digits: 1 },
  { label: 'p99 ms', metric: 'p99', digits: 1 },
  { label: 'max ms', metric: 'max', digits: 1 },
  { label: 'p99 ÷ quiet', metric: 'p99', digits: 2, compare: { with: quietRow, way: 'over' } },
  { label: 'sign-ins a second', metric: 'signIns', digits: 1 },
  { label: `${reading} readers get, a second`, metric: 'perSecond', digits: 0 },
];

export const storm: Plan = ({ signing, rounds, seconds }) => [
  {
    name: 'storm',
    about:
      `${rate} reads a second of each, quiet and while ${signingIn} connections sign in; ` +
      `then ${reading} connections read`,
    rounds: Math.ceil(rounds / 2),
    seconds: 4 * seconds,
    columns,
    targets: signing.map((server) => ({ measure: (length) => measure(server, length) })),
  },
];

async function measure(server: Guarded, seconds: number): Promise<Round> {
  const readers = createHttpClient(server.url, patience);
  const others = createHttpClient(server.url);
  try {
    const quiet = await readSteadily(server, readers.ask, seconds, 'quiet');
    let isOver = false;
    const signIns = repeat(
      signingIn,
      () => isOver,
      (connection) => signInAs(server, others.ask, connection),
    );
    signIns.catch(() => undefined); // Thrown below, when it is awaited.
    await sleep(500);
    const stormy = await readSteadily(server, readers.ask, seconds, 'in the storm');
    const url = server.url + server.adapter.paths.getAdminContent;
    const many = await readFast(url, server.guests.credentials, reading, seconds / 4);
    isOver = true;
    const { answers, seconds: lasted } = await signIns;
    // Waits until the server has finished its queue, so that the next turn is not disturbed.
    await others.ask({
      method: 'GET',
      path: server.adapter.paths.getAdminContent,
      headers: server.guests.credentials,
    });
    const row = stormRow(server.name, 'getAdminContent', 'in the storm');
    const further = { signIns: answers / lasted, perSecond: many.answers / many.seconds };
    return { ...quiet, ...stormy, [row]: { ...stormy[row], ...further } };
  } finally {
    readers.close();
    others.close();
  }
}

async function signInAs({ guests }: Guarded, ask: Ask, connection: number): Promise<void> {
  const user = guests.users[connection];
  if (!user) throw new Error('there are fewer users than connections');
  await ask(guests.accounts.signIn(user));
}

async function readSteadily(
  server: Guarded,
  ask: Ask,
  seconds: number,
  situation: Situation,
): Promise<Round> {
  const { adapter, guests } = server;
  const rows = steadyReads.map(async (read): Promise<[string, Readings]> => {
    const headers = read === 'getPublicContent' ? {} : guests.credentials;
    const send = () =>
      ask({ method: 'GET', path: adapter.paths[read], headers }).catch(forgiveSlow);
    const times = await sendSteadily(rate, seconds, send);
    const [p50, p99, max] = [0.5, 0.99, 1].map((part) => quantile(times, part));
    return [
      stormRow(server.name, read, situation),
      { p50: p50 ?? null, p99: p99 ?? null, max: max ?? null },
    ];
  });
  return Object.fromEntries(await Promise.all(rows));
}

function forgiveSlow(error: unknown): void {
  if (!(error instanceof NoAnswer)) throw error;
}
