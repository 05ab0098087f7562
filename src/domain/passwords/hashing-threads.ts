// Starts the threads that hash passwords, and reports the hasher that they use. A hasher that fails
// its self-test, or for which the process may not reserve enough addresses, is replaced by the next
// one, with a warning. Where no thread can start, bcryptjs runs in the main thread.

import { Piscina } from 'piscina';
import { threadsThatFit } from './address-limit.ts';
import { lanesOf, startHasher, type HasherName } from './hashers.js';
import { createPasswordTasks, type PasswordTasks } from './password-tasks.js';
import type { ThreadReport } from './password-worker.js';

/** Logs a warning. */
export type Warn = (facts: object, message: string) => void;

export interface HashingThreads {
  /** The hasher in use; several names when the threads differ. */
  readonly hasher: string;
  /** Number of tasks that run at the same time. */
  readonly slots: number;
  readonly tasks: PasswordTasks;
  close(): Promise<void>;
}

interface HashingThreadsOptions {
  /** The hasher to use, and those that replace it. */
  readonly candidates: readonly HasherName[];
  /** Number of threads. */
  readonly workers: number;
  readonly warn: Warn;
  /** Stops the threads, also while they start. */
  readonly stop: AbortSignal;
}

/** Milliseconds for all threads to start. They take 100 ms on an idle machine. */
const startLimit = 60_000;

/** @throws Error when `stop` is aborted, or when no hasher works here */
export async function startHashingThreads(options: HashingThreadsOptions): Promise<HashingThreads> {
  const { candidates, workers, warn, stop } = options;
  const fitting = candidates.find((name) => threadsThatFit(name) >= workers) ?? 'bcryptjs';
  if (fitting !== candidates[0]) warn({ hasher: fitting }, tooFewAddresses);
  const count = Math.min(workers, threadsThatFit(fitting));
  if (count === 0) return startInMainThread(warn);
  try {
    const usable = candidates.slice(candidates.indexOf(fitting));
    return await startPool({ candidates: usable, workers: count, warn, stop });
  } catch (err) {
    if (stop.aborted) throw err;
    warn({ err }, 'the hashing threads do not start');
    return startInMainThread(warn);
  }
}

const tooFewAddresses =
  'the process may not reserve enough addresses for the hashing threads (ulimit -v)';

/** @throws Error when a thread ends before it is ready */
async function startPool(options: HashingThreadsOptions): Promise<HashingThreads> {
  const { candidates, workers, warn, stop } = options;
  const [first = 'bcryptjs'] = candidates;
  const lanes = lanesOf(first);
  const pool = new Piscina({
    filename: new URL('./password-worker.js', import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: lanes,
    workerData: candidates,
    // Without the TypeScript loader of development and tests: it starts slower than all the rest.
    execArgv: [],
  });
  const close = () => pool.destroy();
  const hashers = new Set<string>();
  let reports = 0;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      stop.onabort = () => {
        reject(new Error('the hashing threads were stopped while they started'));
      };
      // Also keeps the process alive: an idle thread does not.
      timer = setTimeout(() => {
        reject(new Error(`the hashing threads did not start within ${startLimit} ms`));
      }, startLimit);
      pool.on('error', (err: Error) => {
        warn({ err }, 'a hashing thread ended');
        reject(err);
      });
      // A thread that replaces another one reports as well.
      pool.on('message', ({ name, failures }: ThreadReport) => {
        for (const failure of failures)
          warn({ ...failure, fallback: name }, 'a hashing thread uses another hasher');
        hashers.add(name);
        reports += 1;
        if (reports === workers) resolve();
      });
    });
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  const run = (name: keyof PasswordTasks) => (input: unknown) =>
    pool.run(input, { name }) as Promise<never>;
  return {
    hasher: [...hashers].join(', '),
    slots: workers * lanes,
    tasks: { hash: run('hash'), compare: run('compare'), findWeakness: run('findWeakness') },
    close,
  };
}

async function startInMainThread(warn: Warn): Promise<HashingThreads> {
  const { name, hasher } = await startHasher(['bcryptjs']);
  warn({ hasher: name }, 'passwords are hashed in the main thread: every request waits for hashes');
  return {
    hasher: name,
    slots: 1,
    tasks: createPasswordTasks(hasher),
    close: () => Promise.resolve(),
  };
}
