// The queue before the hashing threads, which runs so many tasks at once and has the others wait their turn. Defends against a storm in which
// everybody waits and nobody is served: who would wait too long, by what such tasks took lately, is refused at once. Who has waited too long all
// the same, because the machine became slower, is refused when the turn comes, so that no time goes to answers that nobody waits for.

import { AuthError } from './errors.ts';

/** @throws AuthError `unavailable` when the task would wait, or has waited, too long; else what `work` throws */
export type PasswordQueue<Kind extends string> = <Result>(kind: Kind, work: () => Promise<Result>) => Promise<Result>;

interface Options<Kind extends string> {
  /** How many tasks run at once; each thread must take a second one, to be done after the first. */
  readonly threads: number;
  /** Milliseconds that a task waits at most. */
  readonly limit: number;
  /** Milliseconds that a task of each kind takes, until that is known better. */
  readonly guesses: Readonly<Record<Kind, number>>;
  /** Milliseconds, for tests. */
  readonly now?: () => number;
}

interface Task<Kind> {
  readonly kind: Kind;
  /** When it came. */
  readonly since: number;
  /** When a thread began with it, as far as can be told from here. */
  begun?: number;
}

interface Waiting<Kind> {
  readonly task: Task<Kind>;
  readonly start: () => void;
  readonly refuse: (error: AuthError) => void;
}

/** What the last task adds to the mean of its kind: one part in eight, as in TCP's estimate of a round trip (RFC 6298, section 2). */
const weight = 1 / 8;
/** Milliseconds up to which tasks are so short that each thread is given its next one before it has done the last. */
const short = 100;

export function createPasswordQueue<Kind extends string>(options: Options<Kind>): PasswordQueue<Kind> {
  const { threads, limit, guesses, now = () => performance.now() } = options;
  const means: Record<Kind, number> = { ...guesses };
  /** In their order: the first ones run, as many as there are threads; each of the others lies ready for a thread. */
  const handed: Task<Kind>[] = [];
  const waiting: Waiting<Kind>[] = [];

  /** Milliseconds until a thread is free for one more. */
  function wait(): number {
    if (handed.length < threads) return 0;
    const at = now();
    let work = 0;
    for (const { kind, begun = at } of handed) work += Math.max(0, means[kind] - (at - begun));
    for (const { task } of waiting) work += means[task.kind];
    return work / threads;
  }

  /**
   * A thread that has its next task ready does not wait for this thread's answer to the last one, nor has that to answer at once: measured with 8
   * connections on two cores, 37.5 instead of 37.0 sign-ins a second. Only where there is a task for every thread: else one might wait behind
   * another while a thread has none.
   */
  function canHandOver(): boolean {
    if (handed.length < threads) return true;
    const areShort = Math.max(...Object.values<number>(means)) <= short;
    return areShort && handed.length < 2 * threads && handed.length + waiting.length >= 2 * threads;
  }

  /** Hands over what the threads can take, but for those who have waited too long. */
  function handOver(): void {
    while (canHandOver()) {
      const next = waiting.shift();
      if (!next) break;
      if (now() - next.task.since > limit) {
        next.refuse(new AuthError('unavailable'));
        continue;
      }
      handed.push(next.task);
      next.start();
    }
    for (const task of handed.slice(0, threads)) task.begun ??= now();
  }

  return async (kind, work) => {
    if (wait() > limit) throw new AuthError('unavailable');
    const task: Task<Kind> = { kind, since: now() };
    await new Promise<void>((start, refuse) => {
      waiting.push({ task, start, refuse });
      handOver();
    });
    try {
      const result = await work();
      if (task.begun !== undefined) means[kind] += weight * (now() - task.begun - means[kind]);
      return result;
    } finally {
      handed.splice(handed.indexOf(task), 1);
      handOver();
    }
  };
}
