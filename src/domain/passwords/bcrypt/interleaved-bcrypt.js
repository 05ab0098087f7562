// bcrypt for several passwords side by side in one thread. A new password joins those that are
// being hashed and slows them down only a little (blowfish.js says why). The salts and bcrypt's
// base64 encoding come from bcryptjs. Defends against:
// - a mix-up of lanes: a digest is returned only if its lane holds the key and the salt of its job.
// - passwords in a memory dump: keys, salts and lanes are overwritten with zeros after use.
// JavaScript, because the hashing threads import it.

import { timingSafeEqual } from 'node:crypto';
import bcryptjs from 'bcryptjs';
import { costOf, isHash } from './bcrypt-format.js';
import { createBlowfish, layout, mostLanes } from './blowfish.js';

/** How many of a hash's 2^cost rounds run before the thread takes new passwords: 1.3 to 1.6 ms. */
const roundsInATurn = 32;

/**
 * @typedef {object} Job
 * @property {Uint8Array} key for ExpandKey: repeated to 72 bytes, in WebAssembly's byte order
 * @property {Uint8Array} salt in the same form
 * @property {number} roundsLeft until the digest exists; after that, until the job resolves
 * @property {number} roundsAfter between these two moments
 * @property {Uint8Array | null} digest
 * @property {(digest: Uint8Array) => void} resolve
 * @property {(error: Error) => void} reject
 */

/**
 * @param {import('./blowfish.js').Blowfish} [blowfish] tests pass one, to read its memory
 * @returns {import('../hashers.js').Hasher} runs up to `mostLanes` hashes side by side
 */
export function createInterleavedBcrypt(blowfish = createBlowfish()) {
  const lanes = createLanes(blowfish);
  /** Jobs in the lanes; the first is in lane 1. @type {Job[]} */
  const running = [];
  /** @type {Job[]} */
  const waiting = [];

  /**
   * @param {string} password
   * @param {string} setting a hash, or its beginning: version, cost and salt
   * @param {number} cost the call takes as long as a hash of this cost
   */
  async function hashWith(password, setting, cost) {
    const salt = bcryptjs.decodeBase64(setting.slice(7, 29), 16);
    const roundsLeft = 2 ** costOf(setting);
    const bytes = Buffer.from(`${password}\0`);
    const job = {
      key: Buffer.alloc(72, bytes).swap32(),
      salt: Buffer.alloc(72, Buffer.from(salt)).swap32(),
      roundsLeft,
      roundsAfter: Math.max(0, 2 ** cost - roundsLeft),
      digest: null,
    };
    bytes.fill(0);
    /** @type {Uint8Array} */
    const digest = await new Promise((resolve, reject) => {
      waiting.push({ ...job, resolve, reject });
      if (running.length + waiting.length === 1) setImmediate(turn);
    });
    const letters = [bcryptjs.encodeBase64(salt, 16), bcryptjs.encodeBase64(digest, 23)];
    return setting.slice(0, 7) + letters.join('');
  }

  function turn() {
    for (const job of waiting.splice(0, mostLanes - running.length))
      lanes.begin(running.push(job), job);
    const rounds = Math.min(roundsInATurn, ...running.map(({ roundsLeft }) => roundsLeft));
    lanes.advance(running.length, rounds);
    for (const job of running) job.roundsLeft -= rounds;
    for (const job of running.filter(({ roundsLeft }) => roundsLeft === 0)) {
      job.digest ??= lanes.digestOf(running.indexOf(job) + 1, job);
      job.roundsLeft = job.roundsAfter;
      job.roundsAfter = 0;
      if (job.digest === null || job.roundsLeft === 0) end(job);
    }
    if (running.length + waiting.length > 0) setImmediate(turn);
  }

  /**
   * Ends a job. The last lane moves to its place, so that the running lanes are always the first.
   * @param {Job} job
   */
  function end(job) {
    const index = running.indexOf(job);
    lanes.move(running.length, index + 1);
    lanes.clear(running.length);
    const last = running.pop();
    if (last && last !== job) running[index] = last;
    job.key.fill(0);
    job.salt.fill(0);
    if (job.digest) job.resolve(job.digest);
    else job.reject(new Error('a lane of bcrypt does not hold the password and salt of its job'));
  }

  return {
    hash: (password, cost) => hashWith(password, bcryptjs.genSaltSync(cost), cost),
    async compare(password, passwordHash, cost) {
      // A cost that is not a number would keep all lanes running for ever.
      if (!isHash(passwordHash))
        throw new TypeError('the value to compare with is not a bcrypt hash');
      return timingSafeEqual(
        Buffer.from(await hashWith(password, passwordHash, cost)),
        Buffer.from(passwordHash),
      );
    },
  };
}

/**
 * The use of Blowfish by bcrypt (blowfish.js): EksBlowfishSetup, and the digest. `Buffer.swap32`
 * converts bcrypt's words, which have the highest byte first.
 * @param {import('./blowfish.js').Blowfish} blowfish
 */
function createLanes({ memory, setUp, expand, finish }) {
  const state = Buffer.from(digitsOfPi(2 * layout.key), 'hex').swap32();
  const text = Buffer.from('OrpheanBeholderScryDoubt').swap32();

  /** @param {number} from @param {number} to */
  function move(from, to) {
    memory.copyWithin(to * layout.size, from * layout.size, (from + 1) * layout.size);
  }

  /** @param {number} lane */
  function clear(lane) {
    memory.fill(0, lane * layout.size, (lane + 1) * layout.size);
  }

  /** @param {number} lane @param {number} part its offset in `layout` @param {Uint8Array} bytes */
  function holds(lane, part, bytes) {
    const start = lane * layout.size + part;
    return timingSafeEqual(memory.subarray(start, start + bytes.length), bytes);
  }

  return {
    move,
    clear,
    /** @param {number} lane @param {Pick<Job, 'key' | 'salt'>} job */
    begin(lane, { key, salt }) {
      memory.set(state, layout.subkeys);
      memory.set(key, layout.key);
      memory.set(salt, layout.salt);
      memory.set(text, layout.text);
      setUp(layout.key);
      move(0, lane);
      clear(0);
    },
    /** @param {number} lanes @param {number} rounds */
    advance(lanes, rounds) {
      const expandAll = expand(lanes);
      for (let round = 0; round < rounds; round++) {
        expandAll(layout.key);
        expandAll(layout.salt);
      }
    },
    /**
     * `null` when the lane holds another key or salt. Does not change the lane.
     * @param {number} lane @param {Pick<Job, 'key' | 'salt'>} job
     */
    digestOf(lane, { key, salt }) {
      if (!holds(lane, layout.key, key) || !holds(lane, layout.salt, salt)) return null;
      move(lane, 0);
      for (const block of [0, 8, 16]) finish(block);
      const digest = Buffer.from(memory.subarray(layout.text, layout.text + text.length)).swap32();
      clear(0);
      return digest;
    },
  };
}

/**
 * Hexadecimal digits of pi after the point: the initial state of Blowfish (Schneier 1993). They are
 * computed, so that no reader must trust a table. The Chudnovskys' series takes 9 ms for the 8,336
 * digits, in each thread that starts; Machin's takes 30 ms.
 * @param {number} count
 */
function digitsOfPi(count) {
  const guard = 64n; // bits; the few thousand divisions lose less than 16
  const one = 1n << (BigInt(4 * count) + guard);
  let sum = 0n;
  for (let k = 0n, term = one; term !== 0n;) {
    sum += term * (13591409n + 545140134n * k);
    k += 1n;
    term = (-term * 24n * (6n * k - 5n) * (2n * k - 1n) * (6n * k - 1n)) / (k * 640320n) ** 3n;
  }
  const pi = (426880n * one * squareRoot(10005n * one * one)) / sum;
  return ((pi - 3n * one) >> guard).toString(16).padStart(count, '0');
}

/** Rounded down, by Newton's method. @param {bigint} square */
function squareRoot(square) {
  let root = 1n << BigInt(2 * square.toString(16).length); // above the root
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
