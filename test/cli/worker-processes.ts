// Starts `rolegate serve --workers`, and reads from its log which process did what.

import {
  command,
  startProcess,
  type Environment,
  type Running,
} from '../../tools/service/process.ts';
import { createTestClient, type TestClient } from '../support/client.ts';
import { bearer, callAt } from '../support/service.ts';

export const signing = { JWT_SECRET: 'long enough a secret for the tests of workers' };

/** A new connection for each request, because the primary distributes connections. */
const perConnection = { connection: 'close' };

type Line = Readonly<Record<string, unknown>> & { readonly msg: string; readonly pid: number };

export interface Workers {
  readonly node: Running;
  readonly url: string;
  readonly asGuest: TestClient;
  asUser(token: string): TestClient;
}

export const startPrimary = (workers: number, environment: Environment): Running =>
  startProcess(command, ['serve', '--workers', String(workers)], { PORT: '0', ...environment });

/** Starts this many workers, and waits until all of them serve. */
export async function startWorkers(count: number, environment: Environment): Promise<Workers> {
  const node = startPrimary(count, environment);
  const url = await node.url();
  await until(() => workersOf(node).length === count);
  const call = callAt(url);
  return {
    node,
    url,
    asGuest: createTestClient(call, perConnection),
    asUser: (token) => createTestClient(call, { ...perConnection, ...bearer(token) }),
  };
}

/** The lines logged so far. */
export function linesOf(node: Running): Line[] {
  const whole = node.stdout().split('\n').slice(0, -1);
  return whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
}

/** The processes that logged this message, once for each line. */
export const pidsOf = (node: Running, message: string): number[] =>
  linesOf(node).flatMap(({ msg, pid }) => (msg === message ? [pid] : []));

/** All workers that have served, in the order of their starts. */
export const workersOf = (node: Running): number[] => pidsOf(node, 'a worker serves');

/** Polls the condition until it is true: the work of other processes shows only in their log. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
