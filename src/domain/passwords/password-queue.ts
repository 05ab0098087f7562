// The queue before the hashing threads, which runs so many tasks at once and has the others wait their turn. Defends against a storm in which
// everybody waits and nobody is served: who would wait too long, by what such tasks took lately, is refused at once. Who has waited too long all
// the same, because the machine became slower, is refused when the turn comes, so that no time goes to answers that nobody waits for.

import { AuthError } from '../errors.ts';

/** @throws AuthError `unavailable` when the task would wait, or has waited, too long; else what `work` throws */
export type PasswordQueue<Kind extends string> = <Result>(
  kind: Kind,
  work: () => Promise<Result>,
) => Promise<Result>;

interface PasswordQueueOptions<Kind extends string> {
  /** How many tasks run at once. */
  readonly slots: number;
  /** Milliseconds that a task waits at most. */
  readonly limit: number;
  /** Milliseconds that a task of each kind takes, until that is known better. */
  readonly guesses: Readonly<Record<Kind, number>>;
  /** Milliseconds, for tests. */
  readonly now?: () => number;
}

interface Task<Kind> {
  readonly kind: Kind;
  /** When it began to wait, or to run. */
  since: number;
}

interface Waiting<Kind> {
  readonly task: Task<Kind>;
  readonly start: () => void;
  readonly refuse: (error: AuthError) => void;
}

/** What the last task adds to the mean of its kind: one part in eight, as in TCP's estimate of a round trip (RFC 6298, section 2). */
const weight = 1 / 8;

export function createPasswordQueue<Kind extends string>(
  options: PasswordQueueOptions<Kind>,
): PasswordQueue<Kind> {
  const { slots, limit, guesses, now = () => performance.now() } = options;
  const means: Record<Kind, number> = { ...guesses };
  const running = new Set<Task<Kind>>();
  const waiting: Waiting<Kind>[] = [];

  /** Milliseconds until one more can run. */
  function wait(): number {
    const at = now();
    let work = 0;
    for (const { kind, since } of running) work += Math.max(0, means[kind] - (at - since));
    for (const { task } of waiting) work += means[task.kind];
    return work / slots;
  }

  /** Settles when the task may run; it has its place among the running ones then. */
  function turn(task: Task<Kind>): Promise<void> {
    if (running.size < slots) {
      running.add(task);
      return Promise.resolve();
    }
    if (wait() > limit) return Promise.reject(new AuthError('unavailable'));
    return new Promise((start, refuse) => waiting.push({ task, start, refuse }));
  }

  /** Hands the place that became free to the first who has not waited too long. */
  function startNext(): void {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (now() - next.task.since <= limit) {
        running.add(next.task);
        next.start();
        return;
      }
      next.refuse(new AuthError('unavailable'));
    }
  }

  return async (kind, work) => {
    const task = { kind, since: now() };
    await turn(task);
    task.since = now();
    try {
      const result = await work();
      const took = now() - task.since;
      // Those that run together slow each other down: alone, a task tells nothing of how long they will take when many come, unless it took longer.
      if (running.size === slots || took > means[kind])
        means[kind] += weight * (took - means[kind]);
      return result;
    } finally {
      running.delete(task);
      startNext();
    }
  };
}
