// Three implementations of bcrypt behind one interface:
// - interleaved: our own, which hashes several passwords side by side in one thread.
// - native: @node-rs/bcrypt, which is compiled and present where npm had a binary for the machine.
// - bcryptjs: runs everywhere.
// Each reads the hashes of the others, for every password that the contract accepts. They differ on
// passwords that it refuses (lone surrogates), and on texts that are not hashes (see `isHash`).
//
// JavaScript, because the hashing threads import it. It calls the synchronous functions of
// @node-rs/bcrypt and bcryptjs, since the threads have nothing else to do. The asynchronous ones of
// @node-rs/bcrypt would run in Node's own pool, without the low priority of the thread.

import { createRequire } from 'node:module';
import bcryptjs from 'bcryptjs';
import { costOf } from './bcrypt/bcrypt-format.js';
import { mostLanes } from './bcrypt/blowfish.js';
import { createInterleavedBcrypt } from './bcrypt/interleaved-bcrypt.js';

/** @typedef {'interleaved' | 'native' | 'bcryptjs'} HasherName */

/**
 * `compare` takes as long as a hash of the given cost, even if the stored hash is older and
 * cheaper. Otherwise the response time would distinguish a user with an old hash from an unknown
 * user.
 * @typedef {object} Hasher
 * @property {(password: string, cost: number) => string | Promise<string>} hash
 * @property {(
 *   password: string,
 *   passwordHash: string,
 *   cost: number,
 * ) => boolean | Promise<boolean>} compare
 */

const load = createRequire(import.meta.url);

/**
 * @param {HasherName} name
 * @returns {Hasher}
 * @throws Error where `loadNative` does
 */
export function loadHasher(name) {
  if (name === 'interleaved') return createInterleavedBcrypt();
  if (name === 'bcryptjs')
    return atFullCost({ hash: bcryptjs.hashSync, compare: bcryptjs.compareSync });
  const { hashSync, verifySync } = loadNative();
  return atFullCost({
    hash: (password, cost) => hashSync(password, { cost }),
    compare: verifySync,
  });
}

/**
 * A comparison at cost c, and hashes at the costs from c to cost - 1, are 2^cost rounds together.
 * @param {{
 *   hash: (password: string, cost: number) => string,
 *   compare: (password: string, passwordHash: string) => boolean,
 * }} library
 * @returns {Hasher}
 */
function atFullCost({ hash, compare }) {
  return {
    hash,
    compare(password, passwordHash, cost) {
      for (let cheaper = costOf(passwordHash); cheaper < cost; cheaper++) hash(password, cheaper);
      return compare(password, passwordHash);
    },
  };
}

/** @throws Error from Node.js when it is not installed, or has no binary for this machine */
export function loadNative() {
  /** @type {unknown} */
  const native = load('@node-rs/bcrypt');
  return /** @type {typeof import('@node-rs/bcrypt')} */ (native);
}

/** How many passwords a thread hashes at the same time. @param {HasherName} name */
export function lanesOf(name) {
  return name === 'interleaved' ? mostLanes : 1;
}
