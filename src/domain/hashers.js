// The two libraries that make and compare bcrypt hashes, under one face: bcryptjs, which runs everywhere, and @node-rs/bcrypt, which is compiled,
// takes 0.7 of the time, and is there where npm had a binary for the machine. A hash of one is a hash of the other, whatever the contract
// takes for a password. They differ in what it refuses (lone surrogates), and in what is no hash (see `isHash`).
// JavaScript, because the hashing threads import it; synchronous, because they have nothing else to do: the asynchronous functions of
// @node-rs/bcrypt would leave the thread, and its low priority, for Node's own pool.

import { createRequire } from 'node:module';
import bcryptjs from 'bcryptjs';

/** @typedef {'native' | 'bcryptjs'} HasherName */

/**
 * @typedef {object} Hasher
 * @property {(password: string, cost: number) => string} hash
 * @property {(password: string, passwordHash: string) => boolean} compare
 */

const load = createRequire(import.meta.url);

/**
 * @param {HasherName} name
 * @returns {Hasher}
 * @throws what Node.js says when the native one is not installed, or not made for this machine
 */
export function loadHasher(name) {
  if (name === 'bcryptjs') return { hash: bcryptjs.hashSync, compare: bcryptjs.compareSync };
  /** @type {unknown} */
  const native = load('@node-rs/bcrypt');
  const { hashSync, verifySync } = /** @type {typeof import('@node-rs/bcrypt')} */ (native);
  return { hash: (password, cost) => hashSync(password, { cost }), compare: verifySync };
}

/**
 * Whether both libraries read it as a hash. Of the rest, one throws on some (`$2x$`, a cost of 3) where the other tells false, or true.
 * @param {string} text
 */
export function isHash(text) {
  return /^\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/.test(text);
}

/**
 * @param {string} passwordHash a hash, as `isHash` tells
 * @returns {number} 4 to 31
 */
export function costOf(passwordHash) {
  return Number(passwordHash.slice(4, 6));
}
