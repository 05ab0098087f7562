// Passwords: bcrypt hashes, made and compared in worker threads so that no hash stalls a request. Defends against guessing offline
// (bcrypt's cost), against passwords that agree only in their first 72 bytes (longer ones are refused, never cut off), and against
// telling by the clock whether a user exists (an unknown user's password is compared too, with a hash that no password has).

import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { isHash } from './bcrypt/bcrypt-format.js';
import { HasherError } from './hasher-error.ts';
import { lanesOf, loadNative, type HasherName } from './hashers.js';
import { refuseTooLong } from './password-length.ts';
import { createPasswordQueue } from './password-queue.ts';
import type { compare, findWeakness, hash } from './password-worker.js';

/** Milliseconds that a task waits at most: what the refusal says after which to come back. */
const longestWait = 2_000;

/** `member`: the member of the request's body that the password came in, for the refusal. */
export interface Hashing {
  /** What hashes. */
  readonly hasher: HasherName;
  /** @throws AuthError `validation_failed` when the password is over 72 bytes, `unavailable` when it would wait over two seconds */
  hash(password: string, member?: string): Promise<string>;
  /**
   * Tells whether the password is the one that was hashed. `null` stands for a user that does not exist: false, after the same time, and so is
   * what is no bcrypt hash.
   * @throws AuthError `validation_failed` when the password is over 72 bytes, `unavailable` when it would wait over two seconds
   */
  verify(password: string, passwordHash: string | null, member?: string): Promise<boolean>;
  /** Tells whether the hash was made at another cost than today's. */
  isOutdated(passwordHash: string): boolean;
  /**
   * Why the password is easy to guess, by zxcvbn's name of the reason; null when it is not.
   * @throws AuthError `unavailable` when it would wait over two seconds
   */
  weaknessOf(password: string): Promise<string | null>;
  close(): Promise<void>;
}

export interface HashingOptions {
  /** bcrypt's cost, 4 to 31: each step doubles the time. OWASP asks for at least 10. */
  readonly cost: number;
  /** All read each other's hashes. */
  readonly hasher?: HasherName;
  /** How many threads hash; as many as there are cores. */
  readonly workers?: number | undefined;
}

/** @throws HasherError when the hasher that is asked for does not load */
export function createHashing({
  cost,
  hasher = 'interleaved',
  workers = availableParallelism(),
}: HashingOptions): Hashing {
  if (hasher === 'native') refuseMissingNative();
  const lanes = lanesOf(hasher);
  const pool = new Piscina({
    filename: new URL('./password-worker.js', import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: lanes,
    workerData: hasher,
    execArgv: [], // in development and tests: not the loader that runs TypeScript, which takes longer to start than everything else here
  });
  // Measured: 0.04 to 0.07 ms for each of the 2^cost rounds, whatever hashes, in a thread that is full.
  const guess = 0.07 * 2 ** cost;
  const inTurn = createPasswordQueue({
    slots: workers * lanes,
    limit: longestWait,
    guesses: { hash: guess, compare: guess, findWeakness: 5 },
  });
  const run = <Task extends (input: never) => unknown>(
    name: 'hash' | 'compare' | 'findWeakness',
    input: Parameters<Task>[0],
  ) => inTurn(name, () => pool.run(input, { name }) as Promise<Awaited<ReturnType<Task>>>);
  const hashOf = (password: string) => run<typeof hash>('hash', { password, cost });
  let dummy: Promise<string> | null = null;
  /** Hash of a random password, compared when the user does not exist. */
  const dummyHash = () =>
    (dummy ??= hashOf(randomBytes(32).toString('base64')).catch((error: unknown) => {
      dummy = null; // the next call tries again
      throw error;
    }));
  // At once, so that the first unknown user waits no longer than the next.
  dummyHash().catch(() => undefined);

  return {
    hasher,
    async hash(password, member) {
      refuseTooLong(password, member);
      return hashOf(password);
    },
    async verify(password, passwordHash, member) {
      refuseTooLong(password, member);
      const isComparable = passwordHash !== null && isHash(passwordHash);
      const matches = await run<typeof compare>('compare', {
        password,
        passwordHash: isComparable ? passwordHash : await dummyHash(),
        cost,
      });
      return matches && isComparable;
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith(`$2b$${String(cost).padStart(2, '0')}$`),
    weaknessOf: (password) => run<typeof findWeakness>('findWeakness', { password }),
    close: () => pool.destroy(),
  };
}

/** @throws HasherError when @node-rs/bcrypt does not load */
function refuseMissingNative(): void {
  try {
    loadNative();
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND'
        ? 'is not installed'
        : 'does not load on this machine';
    throw new HasherError(
      `PASSWORD_HASHER is native, and @node-rs/bcrypt ${why}. Set it to interleaved, or to bcryptjs.`,
      {
        cause,
      },
    );
  }
}
