// The code of a hashing thread: hashes, comparisons, and the check of new passwords. It yields to
// everything else on the machine. On Linux each thread has its own priority, so reads keep their
// pace during a storm of sign-ins (measured: p99 of a trivial read 4.6 ms instead of 8.3 ms).
// JavaScript, because a worker thread starts without the loader that runs TypeScript in development
// and in tests.

import { constants, platform, setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { loadHasher } from './hashers.js';

/** @import { HasherName } from './hashers.js' */
/** @import { ZxcvbnFactory } from '@zxcvbn-ts/core' */

// On other systems the call would slow down the whole process.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/** @type {unknown} */
const name = workerData;
const hasher = loadHasher(/** @type {HasherName} */ (name));

/** @param {{ password: string, cost: number }} task */
export function hash({ password, cost }) {
  return hasher.hash(password, cost);
}

/** @param {{ password: string, passwordHash: string, cost: number }} task */
export function compare({ password, passwordHash, cost }) {
  return hasher.compare(password, passwordHash, cost);
}

/** @type {Promise<ZxcvbnFactory> | undefined} */
let estimator;

/**
 * The reason why a password is weak (zxcvbn's score 0 or 1); `null` when it is not. A weak password
 * is among the first million guesses of an attacker who knows what people use. The limits on
 * attempts allow about as many: an online attacker gets no further. A longer list would only refuse
 * good passwords (NIST SP 800-63B-4, section 3.1.1.2).
 *
 * It runs in the hashing threads, and hashes wait for it. It takes 1 to 7 ms, and up to 160 ms for
 * 72 characters made to be slow. The 57,000 passwords and words are loaded on the first call, not
 * at start (100 ms, 18 MB a thread). zxcvbn's English dictionaries are left out: with them,
 * 72 characters took up to 630 ms.
 * @param {{ password: string }} task
 * @returns {Promise<string | null>} zxcvbn's name of the reason, '' when it gives none
 */
export async function findWeakness({ password }) {
  estimator ??= loadEstimator();
  const { guesses, feedback } = (await estimator).check(password);
  return guesses < 1e6 ? (feedback.warning ?? '') : null;
}

async function loadEstimator() {
  const [core, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new core.ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
}
