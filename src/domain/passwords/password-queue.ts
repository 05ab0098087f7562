// The queue before the hashing threads. It runs a limited number of tasks at the same time; the
// others wait their turn. Defends against overload, in which every request waits and none is
// served:
// - A task is refused at once when it would wait too long, judged by the latest tasks.
// - A task is refused at its turn when it has waited too long because the machine became slower.
//   So no time is spent on answers that no client waits for any more.

import { AuthError } from '../errors.ts';

/**
 * @throws AuthError `unavailable` when the task would wait, or has waited, too long; otherwise the
 * errors of `work`
 */
export type PasswordQueue<Kind extends string> = <Result>(
  kind: Kind,
  work: () => Promise<Result>,
) => Promise<Result>;

interface PasswordQueueOptions<Kind extends string> {
  /** Number of tasks that run at the same time. */
  readonly slots: number;
  /** Maximum wait of a task, in milliseconds. */
  readonly limit: number;
  /** First estimate of the milliseconds that each kind of task takes. Measurements refine it. */
  readonly guesses: Readonly<Record<Kind, number>>;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

interface Task<Kind> {
  readonly kind: Kind;
  /** When the task began to wait or, later, to run. Milliseconds, as `now` counts them. */
  since: number;
}

interface Waiting<Kind> {
  readonly task: Task<Kind>;
  readonly start: () => void;
  readonly refuse: (error: AuthError) => void;
}

/**
 * Weight of the latest task in the mean duration of its kind. One eighth, as in TCP's estimate of a
 * round trip (RFC 6298, section 2).
 */
const weight = 1 / 8;

export function createPasswordQueue<Kind extends string>(
  options: PasswordQueueOptions<Kind>,
): PasswordQueue<Kind> {
  const { slots, limit, guesses, now = () => performance.now() } = options;
  const means: Record<Kind, number> = { ...guesses };
  const running = new Set<Task<Kind>>();
  const waiting: Waiting<Kind>[] = [];

  /** Estimated milliseconds until one more task can run. */
  function wait(): number {
    const at = now();
    let work = 0;
    for (const { kind, since } of running) work += Math.max(0, means[kind] - (at - since));
    for (const { task } of waiting) work += means[task.kind];
    return work / slots;
  }

  /** Settles when the task may run; by then it is one of the running tasks. */
  function turn(task: Task<Kind>): Promise<void> {
    if (running.size < slots) {
      running.add(task);
      return Promise.resolve();
    }
    if (wait() > limit) return Promise.reject(new AuthError('unavailable'));
    return new Promise((start, refuse) => waiting.push({ task, start, refuse }));
  }

  /** Gives the free slot to the first task that has not waited too long. */
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
      // Tasks that run together slow each other down. So a task that ran with free slots does not
      // show how long tasks take under load, unless it took longer than the mean.
      if (running.size === slots || took > means[kind])
        means[kind] += weight * (took - means[kind]);
      return result;
    } finally {
      running.delete(task);
      startNext();
    }
  };
}
