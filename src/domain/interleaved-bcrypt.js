// bcrypt for several passwords at once in one thread: who comes while others are hashed joins them, and slows them down by little (blowfish.js
// tells why). Salts, and the letters that bcrypt writes bytes with, are bcryptjs's.
// JavaScript, because the hashing threads import it.

import { timingSafeEqual } from 'node:crypto';
import bcryptjs from 'bcryptjs';
import { createBlowfish, layout, mostLanes } from './blowfish.js';
import { costOf } from './bcrypt-format.js';

/** Of a hash's 2^cost rounds, how many are done before the thread looks for newcomers: 1.3 to 1.6 ms. */
const roundsInATurn = 32;
/** What bcrypt enciphers with the outcome. */
const text = Buffer.from('OrpheanBeholderScryDoubt');

/**
 * @typedef {object} Job
 * @property {Uint8Array} key
 * @property {Uint8Array} salt
 * @property {number} roundsLeft
 * @property {(digest: Uint8Array) => void} done
 */

/** @returns {import('./hashers.js').Hasher} whose hashes run side by side, up to `mostLanes` */
export function createInterleavedBcrypt() {
  const { memory, setUp, expand, finish } = createBlowfish();
  /** How a lane begins. Buffer.swap32 turns bcrypt's words, which have the highest byte first. */
  const initial = Buffer.concat([
    Buffer.from(digitsOfPi(2 * layout.key), 'hex'),
    Buffer.alloc(layout.text - layout.key),
    text,
  ]).swap32();
  /** Those in the lanes, the first in lane 1. @type {Job[]} */
  const running = [];
  /** @type {Job[]} */
  const waiting = [];

  /** @param {string} password @param {string} setting a hash, or the beginning of one: version, cost and salt */
  async function hashWith(password, setting) {
    const salt = Uint8Array.from(bcryptjs.decodeBase64(setting.slice(7, 29), 16));
    const key = Buffer.from(`${password}\0`).subarray(0, 72);
    /** @type {Uint8Array} */
    const digest = await new Promise((done) => {
      waiting.push({ key, salt, roundsLeft: 2 ** costOf(setting), done });
      if (running.length + waiting.length === 1) setImmediate(turn);
    });
    return `${setting.slice(0, 7)}${bcryptjs.encodeBase64(salt, 16)}${bcryptjs.encodeBase64(digest, 23)}`;
  }

  function turn() {
    for (const job of waiting.splice(0, mostLanes - running.length)) begin(job);
    const rounds = Math.min(roundsInATurn, ...running.map(({ roundsLeft }) => roundsLeft));
    const expandAll = expand(running.length);
    for (let round = 0; round < rounds; round++) {
      expandAll(layout.key);
      expandAll(layout.salt);
    }
    for (const job of running) job.roundsLeft -= rounds;
    for (const job of running.filter(({ roundsLeft }) => roundsLeft === 0)) end(job);
    if (running.length + waiting.length > 0) setImmediate(turn);
  }

  /** @param {Job} job */
  function begin(job) {
    memory.set(initial);
    memory.set(Buffer.alloc(72, job.key).swap32(), layout.key);
    memory.set(Buffer.alloc(72, job.salt).swap32(), layout.salt);
    setUp(layout.key);
    move(0, running.push(job));
  }

  /** The last lane takes the place of the one that ends: so it is always the first ones that run. @param {Job} job */
  function end(job) {
    const lane = running.indexOf(job) + 1;
    move(lane, 0);
    for (const block of [0, 8, 16]) finish(block);
    job.done(Buffer.from(memory.subarray(layout.text, layout.text + text.length)).swap32());
    move(running.length, lane);
    const last = running.pop();
    if (last && last !== job) running[lane - 1] = last;
  }

  /** @param {number} from @param {number} to */
  function move(from, to) {
    memory.copyWithin(to * layout.size, from * layout.size, (from + 1) * layout.size);
  }

  return {
    hash: (password, cost) => hashWith(password, bcryptjs.genSaltSync(cost)),
    async compare(password, passwordHash) {
      return timingSafeEqual(Buffer.from(await hashWith(password, passwordHash)), Buffer.from(passwordHash));
    },
  };
}

/**
 * Hexadecimal digits of pi after the point, by Machin's formula: what Blowfish begins with (Schneier 1993), so that nobody need trust a table.
 * @param {number} count
 */
function digitsOfPi(count) {
  const guard = 64n; // bits: the 12,000 divisions lose less than 16
  const one = 1n << (BigInt(4 * count) + guard);
  /** @param {bigint} x */
  const arctanOfInverse = (x) => {
    let sum = 0n;
    for (let power = one / x, n = 1n; power !== 0n; power /= -(x * x), n += 2n) sum += power / n;
    return sum;
  };
  const pi = 4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n));
  return ((pi - 3n * one) >> guard).toString(16).padStart(count, '0');
}
