// One at a time: work on the same key waits for the work before it. A hundred simultaneous sign-ups
// for one name then cost one hash, and not a hundred. This saves work only: the database decides
// who gets a name, also between nodes.

export interface Turns {
  /**
   * Runs `work` after the work in progress on any of these keys. `waited`: whether there was any,
   * so that something may have changed since the caller looked.
   */
  take<Result>(
    keys: readonly string[],
    work: (waited: boolean) => Promise<Result>,
  ): Promise<Result>;
}

export function createTurns(): Turns {
  /** By key: settles when the last work that was begun on it has ended. Never rejects. */
  const ends = new Map<string, Promise<void>>();
  return {
    async take(keys, work) {
      const before = keys.flatMap((key) => ends.get(key) ?? []);
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      for (const key of keys) ends.set(key, ended);
      try {
        // All keys are taken in this turn of the event loop, so no two works wait for each other.
        await Promise.all(before);
        return await work(before.length > 0);
      } finally {
        end();
        for (const key of keys) if (ends.get(key) === ended) ends.delete(key);
      }
    },
  };
}
