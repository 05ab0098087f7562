// Three implementations of bcrypt behind one interface:
// - interleaved: our own, which hashes several passwords side by side in one thread.
// - native: @node-rs/bcrypt, which is compiled and present where npm had a binary for the machine.
// - bcryptjs: runs everywhere.
// Each reads the hashes of the others, for every password that the contract accepts. They differ on
// passwords that it refuses (lone surrogates), and on texts that are not hashes (see `isHash`).
//
// JavaScript, because the hashing threads import it. It calls the synchronous functions of
// @node-rs/bcrypt: the asynchronous ones would run in Node's own pool, without the low priority of
// the thread. It calls the asynchronous functions of bcryptjs, which may have to run in the main
// thread (hashing-threads.ts): they let other work run every 100 ms.

import { createRequire } from 'node:module';
import bcryptjs from 'bcryptjs';
import { costOf } from './bcrypt/bcrypt-format.js';
import { mostLanes } from './bcrypt/blowfish.js';
import { createInterleavedBcrypt } from './bcrypt/interleaved-bcrypt.js';
import { selfTest } from './bcrypt/known-answers.js';

/** @typedef {'interleaved' | 'native' | 'bcryptjs'} HasherName */

/** In the order of preference. @type {readonly HasherName[]} */
const preference = ['interleaved', 'native', 'bcryptjs'];

/**
 * The hasher of this name, and those that replace it where it does not work. `auto` prefers
 * `interleaved`.
 * @param {HasherName | 'auto'} name
 */
export function candidatesFor(name) {
  return preference.slice(name === 'auto' ? 0 : preference.indexOf(name));
}

/**
 * Starts the first of the candidates that loads and passes its self-test.
 * @param {readonly HasherName[]} candidates
 * @returns {Promise<{
 *   name: HasherName,
 *   hasher: Hasher,
 *   failures: readonly { readonly hasher: HasherName, readonly reason: string }[],
 * }>} `failures`: of the candidates before it
 * @throws Error when each candidate fails
 */
export async function startHasher(candidates) {
  const failures = [];
  for (const name of candidates) {
    try {
      const hasher = loadHasher(name);
      await selfTest(hasher);
      return { name, hasher, failures };
    } catch (error) {
      failures.push({ hasher: name, reason: error instanceof Error ? error.message : '' });
    }
  }
  throw new Error(`no implementation of bcrypt works here: ${JSON.stringify(failures)}`);
}

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
function loadHasher(name) {
  if (name === 'interleaved') return createInterleavedBcrypt();
  if (name === 'bcryptjs') return atFullCost(bcryptjs);
  const { hashSync, verifySync } = loadNative();
  return atFullCost({
    hash: (password, cost) => hashSync(password, { cost }),
    compare: verifySync,
  });
}

/**
 * A comparison at cost c, and hashes at the costs from c to cost - 1, are 2^cost rounds together.
 * @param {{
 *   hash: (password: string, cost: number) => string | Promise<string>,
 *   compare: (password: string, passwordHash: string) => boolean | Promise<boolean>,
 * }} library
 * @returns {Hasher}
 */
function atFullCost({ hash, compare }) {
  return {
    hash,
    async compare(password, passwordHash, cost) {
      for (let cheaper = costOf(passwordHash); cheaper < cost; cheaper++)
        await hash(password, cheaper);
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
