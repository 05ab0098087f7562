// Hashes and compares passwords with bcrypt, in worker threads so that no hash stalls a request.
// Defends against:
// - offline guessing: bcrypt's cost makes each guess slow.
// - passwords that agree only in their first 72 bytes: longer ones are refused, never cut off.
// - finding users by response time: for an unknown user, the password is compared with a dummy
//   hash.

import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isHash } from './bcrypt/bcrypt-format.js';
import { HasherError } from './hasher-error.ts';
import { candidatesFor, loadNative, type HasherName } from './hashers.js';
import { startHashingThreads, type Warn } from './hashing-threads.ts';
import { refuseTooLong } from './password-length.ts';
import { createPasswordQueue } from './password-queue.ts';
import type { PasswordTasks } from './password-tasks.js';

/** Maximum wait of a task in milliseconds; the same time as in the refusal's `Retry-After`. */
const longestWait = 2_000;

/** `member`: the member of the request's body that holds the password; the refusal names it. */
export interface Hashing {
  /**
   * Settles when each thread has passed its self-test. Other calls wait for that, too.
   * @returns the hasher in use; several names when the threads differ
   * @throws Error when no hasher works on this machine
   */
  ready(): Promise<string>;
  /**
   * @throws AuthError `validation_failed` when the password is over 72 bytes, `unavailable` when it
   * would wait over two seconds
   */
  hash(password: string, member?: string): Promise<string>;
  /**
   * Whether the password matches the hash. For an unknown user (`null`) or a text that is not a
   * bcrypt hash of a cost up to 16, the result is `false`, after the same time.
   * @throws AuthError `validation_failed` when the password is over 72 bytes, `unavailable` when it
   * would wait over two seconds
   */
  verify(password: string, passwordHash: string | null, member?: string): Promise<boolean>;
  /** Whether the hash was made at another cost than the current one. */
  isOutdated(passwordHash: string): boolean;
  /**
   * The reason why the password is easy to guess, by zxcvbn's name; `null` when it is not.
   * @throws AuthError `unavailable` when it would wait over two seconds
   */
  weaknessOf(password: string): Promise<string | null>;
  close(): Promise<void>;
}

export interface HashingOptions {
  /** bcrypt's cost, 4 to 31: each step doubles the time. OWASP asks for at least 10. */
  readonly cost: number;
  /** Each hasher reads the hashes of the others. Default: `auto`. */
  readonly hasher?: HasherName | 'auto';
  /** Number of hashing threads. Default: the number of cores. */
  readonly workers?: number | undefined;
  /** Logs that a hasher or a thread is replaced. */
  readonly warn?: Warn;
}

/** @throws HasherError when the requested hasher does not load */
export function createHashing({
  cost,
  hasher = 'auto',
  workers = availableParallelism(),
  warn = () => undefined,
}: HashingOptions): Hashing {
  if (hasher === 'native') refuseMissingNative();
  const stopping = new AbortController();
  const started = start();
  started.catch(() => undefined); // each call reports it

  async function start() {
    const candidates = candidatesFor(hasher);
    const threads = await startHashingThreads({ candidates, workers, warn, stop: stopping.signal });
    // Measured: 0.04 to 0.07 ms for each of the 2^cost rounds, with any hasher, in a busy thread.
    const guess = 0.07 * 2 ** cost;
    const inTurn = createPasswordQueue({
      slots: threads.slots,
      limit: longestWait,
      guesses: { hash: guess, compare: guess, findWeakness: 5 },
    });
    return { ...threads, inTurn };
  }
  async function run<Result>(
    name: keyof PasswordTasks,
    work: (tasks: PasswordTasks) => Promise<Result>,
  ): Promise<Result> {
    const { inTurn, tasks } = await started;
    return inTurn(name, () => work(tasks));
  }
  const hashOf = (password: string) => run('hash', ({ hash }) => hash({ password, cost }));
  let dummy: Promise<string> | null = null;
  /** Hash of a random password, compared when the user does not exist. */
  const dummyHash = () =>
    (dummy ??= hashOf(randomBytes(32).toString('base64')).catch((error: unknown) => {
      dummy = null; // the next call tries again
      throw error;
    }));
  // Made at start, so that the first unknown user waits no longer than the next.
  dummyHash().catch(() => undefined);

  return {
    ready: async () => (await started).hasher,
    async hash(password, member) {
      refuseTooLong(password, member);
      return hashOf(password);
    },
    async verify(password, passwordHash, member) {
      refuseTooLong(password, member);
      const isComparable = passwordHash !== null && isHash(passwordHash);
      const compared = isComparable ? passwordHash : await dummyHash();
      const matches = await run('compare', ({ compare }) =>
        compare({ password, passwordHash: compared, cost }),
      );
      return matches && isComparable;
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith(`$2b$${String(cost).padStart(2, '0')}$`),
    weaknessOf: (password) => run('findWeakness', ({ findWeakness }) => findWeakness({ password })),
    async close() {
      stopping.abort(new Error('stopped'));
      await (await started.catch(() => null))?.close();
    },
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
      `PASSWORD_HASHER is native, and @node-rs/bcrypt ${why}. ` + 'Set it to auto, or to bcryptjs.',
      { cause },
    );
  }
}
