// Compares our own bcrypt with both libraries on generated passwords: hashes and comparisons that
// start and end at different times, in one thread. The right and the wrong password of a salt are
// compared at the same time. The same seed generates the same passwords, costs and times.

import nativeBcrypt from '@node-rs/bcrypt';
import bcryptjs from 'bcryptjs';
import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createInterleavedBcrypt } from '../../src/domain/passwords/bcrypt/interleaved-bcrypt.js';
import type { Hasher } from '../../src/domain/passwords/hashers.js';
import { createProgress } from '../progress.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly hashes: number;
  /** Half of them have the right password. */
  readonly comparisons: number;
  readonly output: NodeJS.WriteStream | null;
  /** Tests pass a wrong one. */
  readonly hasher?: Hasher;
}

export interface FuzzCounts {
  hashes: number;
  rightPasswords: number;
  wrongPasswords: number;
  /** What differs from the libraries, without the passwords: a text for each. */
  readonly differences: string[];
}

/** Tasks that wait for a lane at the same time: several times the number of lanes. */
const atOnce = 12;

/** Every password that the contract allows: code points except NUL, up to 72 bytes of UTF-8. */
const password = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 72 })
  .filter((text) => !text.includes('\0') && Buffer.byteLength(text) <= 72);
const task = fc.record({
  password,
  cost: fc.integer({ min: 4, max: 6 }),
  /** Turns of the event loop before the task starts. */
  delay: fc.nat({ max: 4 }),
  /** The character that is replaced in the wrong password. */
  place: fc.nat({ max: 71 }),
});
type Task = typeof task extends fc.Arbitrary<infer Value> ? Value : never;

export async function fuzzBcrypt(options: FuzzOptions): Promise<FuzzCounts> {
  const { seed, hashes, comparisons, output, hasher = createInterleavedBcrypt() } = options;
  const counts: FuzzCounts = { hashes: 0, rightPasswords: 0, wrongPasswords: 0, differences: [] };
  const pairs = Math.ceil(comparisons / 2);
  const progress = output && createProgress(hashes + 2 * pairs, 'hashes and comparisons', output);
  const done = () => counts.hashes + counts.rightPasswords + counts.wrongPasswords;
  const report = (what: string, index: number, { cost }: Task) => {
    counts.differences.push(`${what} ${index} of seed ${seed}, at cost ${cost}`);
  };

  async function hash(given: Task, index: number): Promise<void> {
    await turns(given.delay);
    const made = await hasher.hash(given.password, given.cost);
    const agreed =
      bcryptjs.hashSync(given.password, made) === made &&
      nativeBcrypt.verifySync(given.password, made);
    if (!agreed) report('hash', index, given);
    counts.hashes += 1;
    progress?.(done());
  }

  async function compare(given: Task, index: number): Promise<void> {
    const { password, cost, delay } = given;
    const made =
      index % 2 === 0
        ? bcryptjs.hashSync(password, cost)
        : nativeBcrypt.hashSync(password, { cost });
    const wrong = withAnotherCharacter(given);
    await turns(delay);
    const [isRight, isWrong] = await Promise.all([
      hasher.compare(password, made, cost),
      hasher.compare(wrong, made, cost),
    ]);
    if (!isRight || isWrong !== bcryptjs.compareSync(wrong, made))
      report('comparison', index, given);
    counts.rightPasswords += 1;
    counts.wrongPasswords += 1;
    progress?.(done());
  }

  await inTurns(fc.sample(task, { seed, numRuns: hashes }), hash);
  await inTurns(fc.sample(task, { seed: seed + 1, numRuns: pairs }), compare);
  return counts;
}

/** Runs `work` on each task: the next one starts when one ends, `atOnce` at the same time. */
async function inTurns(
  tasks: readonly Task[],
  work: (task: Task, index: number) => Promise<void>,
): Promise<void> {
  const rest = tasks.entries();
  const lane = async () => {
    for (const [index, given] of rest) await work(given, index);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

/** Another password of the same length in characters. */
function withAnotherCharacter({ password, place }: Task): string {
  const characters = Array.from(password);
  const index = place % characters.length;
  characters[index] = characters[index] === 'a' ? 'b' : 'a';
  return characters.join('');
}
