// Removes what is over: sessions that ended or expired a week ago (until then their refresh tokens are still told apart from forged ones), and
// one-time tokens that have expired. Any node may do it at any time: the database lets one at a time, and the others have nothing to do.

import type { Repositories } from '../db/repositories.ts';

/** What is removed, each in its own rounds: how many seconds after it was over, and how. */
const kinds = {
  sessions: { retention: 7 * 86_400, remove: ({ sessions }, time, limit) => sessions.removeOver(time, limit) },
  oneTimeTokens: { retention: 0, remove: ({ oneTimeTokens }, time, limit) => oneTimeTokens.removeExpired(time, limit) },
} satisfies Record<string, Kind>;

interface Kind {
  readonly retention: number;
  /** Removes up to `limit` rows that were over before `time`, and tells how many. */
  readonly remove: (repositories: Repositories, time: Date, limit: number) => Promise<number>;
}

/** Rows a round: a round is short, and keeps nobody waiting. */
const batch = 1_000;

/** How many rows of each kind. */
export type Removed = Record<keyof typeof kinds, number>;

export interface Housekeeping {
  /** Removes what is over and tells how many rows that were; 0 as well when another node is at it. */
  run(): Promise<Removed>;
}

interface Parts {
  readonly repositories: Repositories;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createHousekeeping({ repositories, now }: Parts): Housekeeping {
  async function removeAll({ retention, remove }: Kind): Promise<number> {
    let total = 0;
    for (;;) {
      const time = new Date(now() - retention * 1000);
      const removed = await repositories.transaction(async (inside) =>
        (await inside.tryLock('housekeeping')) ? remove(inside, time, batch) : 0,
      );
      total += removed;
      if (removed < batch) return total;
    }
  }
  return {
    async run() {
      return { sessions: await removeAll(kinds.sessions), oneTimeTokens: await removeAll(kinds.oneTimeTokens) };
    },
  };
}
