// What makes and compares bcrypt hashes, under one face: our own, which hashes several passwords side by side; @node-rs/bcrypt, which is compiled and
// is there where npm had a binary for the machine; and bcryptjs, which runs everywhere. A hash of one is a hash of the others, whatever the contract
// takes for a password. They differ in what it refuses (lone surrogates), and in what is no hash (see `isHash`).
// JavaScript, because the hashing threads import it. Of @node-rs/bcrypt and bcryptjs the synchronous functions, since the threads have nothing else to
// do: the asynchronous ones of @node-rs/bcrypt would leave the thread, and its low priority, for Node's own pool.

import { createRequire } from 'node:module';
import bcryptjs from 'bcryptjs';
import { costOf } from './bcrypt/bcrypt-format.js';
import { mostLanes } from './bcrypt/blowfish.js';
import { createInterleavedBcrypt } from './bcrypt/interleaved-bcrypt.js';

/** @typedef {'interleaved' | 'native' | 'bcryptjs'} HasherName */

/**
 * `compare` takes as long as a hash of the given cost, though the one to compare with may be older and cheaper: else the time would tell a user from before
 * from nobody.
 * @typedef {object} Hasher
 * @property {(password: string, cost: number) => string | Promise<string>} hash
 * @property {(password: string, passwordHash: string, cost: number) => boolean | Promise<boolean>} compare
 */

const load = createRequire(import.meta.url);

/**
 * @param {HasherName} name
 * @returns {Hasher}
 * @throws where `loadNative` does
 */
export function loadHasher(name) {
  if (name === 'interleaved') return createInterleavedBcrypt();
  if (name === 'bcryptjs')
    return takingItsTime({ hash: bcryptjs.hashSync, compare: bcryptjs.compareSync });
  const { hashSync, verifySync } = loadNative();
  return takingItsTime({
    hash: (password, cost) => hashSync(password, { cost }),
    compare: verifySync,
  });
}

/**
 * A comparison of cost c and hashes of the costs from c to cost - 1 are 2^cost rounds together.
 * @param {{ hash: (password: string, cost: number) => string, compare: (password: string, passwordHash: string) => boolean }} library
 * @returns {Hasher}
 */
function takingItsTime({ hash, compare }) {
  return {
    hash,
    compare(password, passwordHash, cost) {
      for (let cheaper = costOf(passwordHash); cheaper < cost; cheaper++) hash(password, cheaper);
      return compare(password, passwordHash);
    },
  };
}

/** @throws what Node.js says when it is not installed, or not made for this machine */
export function loadNative() {
  /** @type {unknown} */
  const native = load('@node-rs/bcrypt');
  return /** @type {typeof import('@node-rs/bcrypt')} */ (native);
}

/** How many passwords a thread hashes at once. @param {HasherName} name */
export function lanesOf(name) {
  return name === 'interleaved' ? mostLanes : 1;
}
