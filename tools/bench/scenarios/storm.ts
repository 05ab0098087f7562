// Reads while sign-ins, each a hash, use all that the machine has: how long does one wait for a read that comes at a fixed rate, quiet and in
// the storm, and what do many readers still get?

import { setTimeout as sleep } from 'node:timers/promises';
import type { Read } from '../servers/adapters.ts';
import { createHttpClient, NoAnswer, type Ask } from '../runner/http.ts';
import { readFast, repeat, sendSteadily } from '../runner/load.ts';
import type { Column, Readings, Round } from '../runner/rounds.ts';
import { quantile } from '../../statistics.ts';
import { reading, signingIn, type Guarded, type Plan } from '../runner/world.ts';

/** Reads a second, of each of the two. */
const rate = 50;
/** Milliseconds: a read that is not answered by then counts as having taken so long, and is waited for no longer. */
const patience = 10_000;
const steadyReads = ['getPublicContent', 'getAdminContent'] as const;

type Situation = 'quiet' | 'in the storm';

/** The row's name. */
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
    about: `${rate} reads a second of each, quiet and while ${signingIn} connections sign in; then ${reading} connections read`,
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
    signIns.catch(() => undefined); // told below, after what goes on beside it
    await sleep(500);
    const stormy = await readSteadily(server, readers.ask, seconds, 'in the storm');
    const url = server.url + server.adapter.paths.getAdminContent;
    const many = await readFast(url, server.guests.credentials, reading, seconds / 4);
    isOver = true;
    const { answers, seconds: lasted } = await signIns;
    // Until it has done what nobody waited for, and does not disturb the next one.
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
