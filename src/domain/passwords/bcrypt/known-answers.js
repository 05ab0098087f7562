// The self-test of a hasher: compares published hashes, alone and with others at the same time.
// Each hashing thread runs it at start, so that a fault of the processor, of the WebAssembly
// compiler or of our code is found before a password depends on it.
// JavaScript, because the hashing threads import it.

/**
 * Published by the authors of other implementations: crypt_blowfish (Openwall) and jBCrypt. The
 * first two have the same salt. The costs differ, so that a lane moves while others go on.
 */
const [one, other, longer] = /** @type {const} */ ([
  ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['U*U*', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
  ['abcdefghijklmnopqrstuvwxyz', '$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC'],
]);

/** Comparisons that run at the same time, with their results: in one, two and three lanes. */
const trials = /** @type {const} */ ([
  [[...one, true]],
  [
    [...one, true],
    [...other, true],
  ],
  [
    [...one, true],
    [other[0], one[1], false],
    [...longer, true],
  ],
]);

/**
 * Takes 6 ms with the interleaved hasher.
 * @param {import('../hashers.js').Hasher} hasher
 * @throws Error when a result is wrong, or whatever the hasher throws
 */
export async function selfTest({ compare }) {
  for (const trial of trials) {
    const results = await Promise.all(
      trial.map(async ([password, passwordHash]) => compare(password, passwordHash, 5)),
    );
    if (trial.some(([, , expected], index) => results[index] !== expected))
      throw new Error(`a wrong result for a known password, with ${trial.length} at the same time`);
  }
}
