// Three ways to load a server. The two closed loops send the next request after the last answer,
// and measure the throughput. The open loop sends at a fixed rate, and measures the waiting time.

import autocannon from 'autocannon';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Headers } from './http.ts';

export interface Done {
  readonly answers: number;
  readonly seconds: number;
}

/** Repeats one read, with autocannon. @throws Error when an answer is not a success */
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
 * Runs one loop for each connection. Exchanges that are running at the end are awaited and counted,
 * with their time. A sign-in takes long: cutting it off would falsify the figure and keep the
 * server busy during the next measurement.
 * @param send one exchange on the connection with that number
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

/** For `repeat`: ends the loops after this many seconds. */
export function after(seconds: number): () => boolean {
  const deadline = performance.now() + seconds * 1_000;
  return () => performance.now() >= deadline;
}

/**
 * Sends requests at a fixed rate, without waiting for earlier answers. So a server that stalls
 * cannot hide it by receiving fewer requests.
 * @param rate requests a second
 * @returns the milliseconds from each request to its answer
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
