// Removes what is over: sessions that ended or expired a week ago. Until then their refresh tokens are still told apart from forged ones.
// Any node may do it at any time: the database lets one at a time, and the others have nothing to do.

import type { Repositories } from '../db/repositories.ts';

/** Seconds that a session is kept after its end. */
const retention = 7 * 86_400;
/** Rows a round: a round is short, and keeps nobody waiting. */
const batch = 1_000;

export interface Housekeeping {
  /** Removes what is over and tells how many rows that were; 0 as well when another node is at it. */
  run(): Promise<number>;
}

interface Parts {
  readonly repositories: Repositories;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createHousekeeping({ repositories, now }: Parts): Housekeeping {
  return {
    async run() {
      let total = 0;
      for (;;) {
        const time = new Date(now() - retention * 1000);
        const removed = await repositories.transaction(async ({ sessions, tryLock }) =>
          (await tryLock('housekeeping')) ? sessions.removeOver(time, batch) : 0,
        );
        total += removed;
        if (removed < batch) return total;
      }
    },
  };
}
