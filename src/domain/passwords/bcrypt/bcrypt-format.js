// The format of a bcrypt hash: version, cost, salt, digest.
// JavaScript, because the hashing threads import it.

/**
 * Whether the text is a hash that all hashers accept, of a cost up to 16. On other texts they
 * disagree: for some (`$2x$`, a cost of 3) one throws where another returns false, or true. A
 * higher cost would keep a thread busy for 6 seconds (cost 17) to a day (cost 31) at each sign-in.
 * `BCRYPT_COST` is at most 15.
 * @param {string} text
 */
export function isHash(text) {
  return /^\$2[aby]\$(0[4-9]|1[0-6])\$[./A-Za-z0-9]{53}$/.test(text);
}

/**
 * @param {string} passwordHash a hash that `isHash` accepts
 * @returns {number} 4 to 16
 */
export function costOf(passwordHash) {
  return Number(passwordHash.slice(4, 6));
}
