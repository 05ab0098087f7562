// The tasks of a hashing thread: hashes, comparisons, and the check of new passwords.
// JavaScript, because the hashing threads import it.

/** @import { Hasher } from './hashers.js' */
/** @import { ZxcvbnFactory } from '@zxcvbn-ts/core' */

/** @typedef {ReturnType<typeof createPasswordTasks>} PasswordTasks */

/** @param {Hasher} hasher */
export function createPasswordTasks(hasher) {
  return {
    /** @param {{ password: string, cost: number }} task */
    hash: async ({ password, cost }) => hasher.hash(password, cost),
    /** @param {{ password: string, passwordHash: string, cost: number }} task */
    compare: async ({ password, passwordHash, cost }) =>
      hasher.compare(password, passwordHash, cost),
    findWeakness,
  };
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
async function findWeakness({ password }) {
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
