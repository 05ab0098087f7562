// Keeps several processes on one port, with node:cluster: this one, the primary, accepts the connections and hands them out in turn, and serves
// nothing itself. One that dies is replaced, later and later where they die at once, so that a fault in all of them does not use up the machine; when
// none serves any more, it gives up. Should the primary die, the workers finish what runs and end.

import cluster, { type Worker } from 'node:cluster';
import { CommandError } from './run.ts';

interface WorkersOptions {
  readonly count: number;
  /** What they are told beside the environment of this process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly warn: (facts: object, message: string) => void;
  /** Called once, when the first one serves. */
  readonly onServing: () => void;
  /** Called when the first one ends before it serves, or when no others can be kept. */
  readonly onLost: (error: CommandError) => void;
}

/** Milliseconds: who ends within so many of its start has ended at once. */
const soon = 5_000;
/** Milliseconds to wait after one that ended at once; twice as long after each further one, up to `longestPause`. */
const firstPause = 250;
const longestPause = 30_000;
/** So many that end at once, one after the other, while none serves: that will not change by itself. */
const mostFailures = 6;
/** Milliseconds to stop: what a server and its outbox take at most (15 s), and some for the rest. */
const stopLimit = 20_000;

/**
 * Starts one, and the others when it serves: what keeps it from starting would keep them all.
 * @returns what tells all to stop, and settles when they are gone
 */
export function startWorkers({
  count,
  environment,
  warn,
  onServing,
  onLost,
}: WorkersOptions): () => Promise<void> {
  const living = new Map<Worker, Promise<void>>();
  const serving = new Set<Worker>();
  let pauses: NodeJS.Timeout[] = [];
  let hasServed = false;
  let isStopping = false;
  let failures = 0;

  function start(): void {
    const worker = cluster.fork(environment);
    const since = performance.now();
    const gone = new Promise<object>((resolve) => {
      worker.once('exit', (code, signal) => {
        resolve({ worker: worker.process.pid, code, signal });
      });
      worker.on('error', (err) => {
        if (worker.process.pid === undefined) resolve({ err }); // it could not be started at all; else 'exit' follows, or it lives on
      });
    });
    worker.once('listening', () => {
      serving.add(worker);
      if (hasServed) return;
      hasServed = true;
      for (let started = 1; started < count; started++) start();
      onServing();
    });
    const replaced = gone.then((how) => {
      living.delete(worker);
      serving.delete(worker);
      failures = performance.now() - since < soon ? failures + 1 : 0;
      if (!isStopping) replace(how);
    });
    living.set(worker, replaced);
  }

  function replace(how: object): void {
    if (!hasServed) {
      onLost(
        new CommandError('The first worker ended before it served. What it said stands above.'),
      );
    } else if (failures >= mostFailures && serving.size === 0) {
      onLost(
        new CommandError(
          `No worker serves any more: ${failures} in a row ended at once. What they said stands above.`,
        ),
      );
    } else {
      const pause = failures === 0 ? 0 : Math.min(firstPause * 2 ** (failures - 1), longestPause);
      warn({ ...how, pause }, 'a worker ended, and another one takes its place');
      pauses.push(setTimeout(start, pause));
    }
  }

  start();
  return async () => {
    isStopping = true;
    pauses.forEach(clearTimeout);
    pauses = [];
    for (const { process } of living.keys()) process.kill('SIGTERM');
    const limit = setTimeout(() => {
      for (const { process } of living.keys()) process.kill('SIGKILL');
    }, stopLimit);
    await Promise.all(living.values());
    clearTimeout(limit);
  };
}

/** For a worker. Node ends one without a primary at once; it is to finish what runs, and to close the database, as on a SIGTERM. */
export function outlivePrimary(worker: Worker): void {
  worker.once('disconnect', () => {
    worker.exitedAfterDisconnect = true;
    process.kill(process.pid, 'SIGTERM');
  });
}
