// The code of a hashing thread. It yields to everything else on the machine. On Linux each thread
// has its own priority, so reads keep their pace during a storm of sign-ins (measured: p99 of a
// trivial read 4.6 ms instead of 8.3 ms). The thread takes tasks only after its hasher has passed
// the self-test.
// JavaScript, because a worker thread starts without the loader that runs TypeScript in development
// and in tests.

import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { startHasher } from './hashers.js';
import { createPasswordTasks } from './password-tasks.js';

/** @import { HasherName } from './hashers.js' */

/**
 * What a thread reports before its first task.
 * @typedef {Pick<Awaited<ReturnType<typeof startHasher>>, 'name' | 'failures'>} ThreadReport
 */

/** @type {unknown} */
const candidates = workerData;
const { name, hasher, failures } = await startHasher(
  /** @type {readonly HasherName[]} */ (candidates),
);
export const { hash, compare, findWeakness } = createPasswordTasks(hasher);
parentPort?.postMessage({ name, failures });

// After the self-test, for which the start waits. On other systems the call would slow down the
// whole process.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
