// What a hashing thread runs. It yields to everything else on the machine: on Linux a thread's priority is its own, and reads during a
// storm of sign-ins keep their pace (measured: p99 of a trivial read 4.6 ms instead of 8.3 ms).
// JavaScript, because a worker thread starts without the loader that runs TypeScript in development and in tests.

import { constants, platform, setPriority } from 'node:os';
import bcrypt from 'bcryptjs';

// Elsewhere the call would slow down the whole process.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

// The synchronous forms: this thread has nothing else to do, and bcryptjs' asynchronous ones only pause in between.

/** @param {{ password: string, cost: number }} task */
export function hash({ password, cost }) {
  return bcrypt.hashSync(password, cost);
}

/** @param {{ password: string, passwordHash: string }} task */
export function compare({ password, passwordHash }) {
  return bcrypt.compareSync(password, passwordHash);
}
