// The format of a bcrypt hash: version, cost, salt, digest.
// JavaScript, because the hashing threads import it.

/**
 * Whether all hashers accept the text as a hash. On other texts they disagree: for some (`$2x$`, a
 * cost of 3) one throws where another returns false, or true.
 * @param {string} text
 */
export function isHash(text) {
  return /^\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/.test(text);
}

/**
 * @param {string} passwordHash a hash that `isHash` accepts
 * @returns {number} 4 to 31
 */
export function costOf(passwordHash) {
  return Number(passwordHash.slice(4, 6));
}
