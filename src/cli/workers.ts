// Keeps several worker processes on one port, with node:cluster. The primary accepts connections
// and distributes them in turn; it serves no request itself. A worker that dies is replaced. When
// workers die right after their start, the pause grows, so that a common fault does not exhaust the
// machine. When no worker serves any more, the primary gives up. If the primary dies, the workers
// finish their requests and end.

import cluster, { type Worker } from 'node:cluster';
import { CommandError } from './run.ts';

interface WorkersOptions {
  readonly count: number;
  /** Variables that the workers get in addition to the environment of this process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly warn: (facts: object, message: string) => void;
  /** Called once, when the first worker serves. */
  readonly onServing: () => void;
  /** Called when the first worker ends before it serves, or when the workers keep dying. */
  readonly onLost: (error: CommandError) => void;
}

/** Milliseconds. A worker that ends within this time after its start has "ended at once". */
const soon = 5_000;
/**
 * Milliseconds to wait after a worker that ended at once. The pause doubles after each further one,
 * up to `longestPause`.
 */
const firstPause = 250;
const longestPause = 30_000;
/** After this many workers in a row ended at once while none serves, the primary gives up. */
const mostFailures = 6;
/** Milliseconds for a worker to stop. A server and its outbox take at most 15 s. */
const stopLimit = 20_000;

/**
 * Starts one worker, and the others as soon as it serves: an error at the start would hit them all.
 * @returns a function that stops all workers, and settles when they have ended
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
    worker.once('listening', () => {
      serving.add(worker);
      if (hasServed) return;
      hasServed = true;
      for (let started = 1; started < count; started++) start();
      onServing();
    });
    const replaced = untilGone(worker).then((how) => {
      living.delete(worker);
      serving.delete(worker);
      failures = performance.now() - since < soon ? failures + 1 : 0;
      if (!isStopping) replace(how);
    });
    living.set(worker, replaced);
  }

  function replace(how: object): void {
    if (!hasServed) {
      onLost(new CommandError('The first worker ended before it served. See its messages above.'));
    } else if (failures >= mostFailures && serving.size === 0) {
      onLost(
        new CommandError(
          `No worker serves any more: ${failures} in a row ended at once. See the messages above.`,
        ),
      );
    } else {
      const pause = failures === 0 ? 0 : Math.min(firstPause * 2 ** (failures - 1), longestPause);
      warn({ ...how, pause }, 'a worker ended and is being replaced');
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

/** Settles with how the worker ended, for the log. */
function untilGone(worker: Worker): Promise<object> {
  return new Promise((resolve) => {
    worker.once('exit', (code, signal) => {
      resolve({ worker: worker.process.pid, code, signal });
    });
    worker.on('error', (err) => {
      // Without a pid it was never started. Otherwise 'exit' follows, or the worker lives on.
      if (worker.process.pid === undefined) resolve({ err });
    });
  });
}

/**
 * Lets a worker end in order when its primary dies, as on SIGTERM: it finishes its requests and
 * closes the database. By default, Node.js ends such a worker immediately.
 */
export function outlivePrimary(worker: Worker): void {
  worker.once('disconnect', () => {
    worker.exitedAfterDisconnect = true;
    process.kill(process.pid, 'SIGTERM');
  });
}
