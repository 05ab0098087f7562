// Three ways to load a server. A closed loop sends the next request when the last is answered: what can it do? An open loop sends at a fixed
// rate, whatever is answered: how long does one wait?

import autocannon from 'autocannon';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Headers } from './http.ts';

export interface Done {
  readonly answers: number;
  readonly seconds: number;
}

/** The same read over and over, by autocannon. @throws Error when an answer is no success */
export async function readFast(
  url: string,
  headers: Headers,
  connections: number,
  seconds: number,
): Promise<Done> {
  const result = await autocannon({ url, headers, connections, duration: seconds });
  const answers = result['2xx'];
  if (result.non2xx + result.errors > 0) {
    throw new Error(
      `${url}: ${answers} good answers, ${result.non2xx} others, ${result.errors} errors`,
    );
  }
  return { answers, seconds: result.duration };
}

/**
 * As many loops as connections. What is on its way when the time is over is waited for and counts, and so does the waiting: a
 * sign-in takes so long that cutting it off would falsify the figure, and leave the server busy when the next one is measured.
 * @param send one exchange on the connection of that number
 */
export async function repeat(
  connections: number,
  isOver: () => boolean,
  send: (connection: number) => Promise<void>,
): Promise<Done> {
  const start = performance.now();
  let answers = 0;
  const loops = Array.from({ length: connections }, async (_, connection) => {
    while (!isOver()) {
      await send(connection);
      answers += 1;
    }
  });
  const outcomes = await Promise.allSettled(loops);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason as Error;
  return { answers, seconds: (performance.now() - start) / 1_000 };
}

/** For `repeat`: so many seconds from now on. */
export function after(seconds: number): () => boolean {
  const deadline = performance.now() + seconds * 1_000;
  return () => performance.now() >= deadline;
}

/**
 * Milliseconds that each answer took, from when it was asked for. Nothing waits for the answers before: a server that stalls cannot hide it by
 * being asked less.
 * @param rate requests a second
 */
export async function sendSteadily(
  rate: number,
  seconds: number,
  send: () => Promise<unknown>,
): Promise<number[]> {
  const start = performance.now();
  const sent = Array.from({ length: Math.round(rate * seconds) }, async (_, index) => {
    await sleep(start + (index * 1_000) / rate - performance.now());
    const asked = performance.now();
    await send();
    return performance.now() - asked;
  });
  return Promise.all(sent);
}
