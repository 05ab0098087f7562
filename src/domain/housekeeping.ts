// Removes what is over: sessions that ended or expired a week ago (until then their refresh tokens are still told apart from forged ones), and
// one-time tokens that have expired, and audit events that are older than they are to be kept. Any node may do it at any time: the database lets one at a time, and the others have nothing to do.

import type { Repositories } from '../db/repositories.ts';

interface Kind {
  /** Seconds that a row is kept after it was over. */
  readonly retention: number;
  /** Removes up to `limit` rows that were over before `time`, and tells how many. */
  readonly remove: (repositories: Repositories, time: Date, limit: number) => Promise<number>;
}

const week = 7 * 86_400;
/** Rows a round: a round is short, and keeps nobody waiting. */
const batch = 1_000;

/** How many rows of each kind. */
export type Removed = Record<'sessions' | 'oneTimeTokens' | 'auditEvents', number>;

export interface Housekeeping {
  /** Removes what is over and tells how many rows that were; 0 as well when another node is at it. */
  run(): Promise<Removed>;
}

interface Parts {
  readonly repositories: Repositories;
  /** Seconds that audit events are kept. */
  readonly auditTtl: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createHousekeeping({ repositories, auditTtl, now }: Parts): Housekeeping {
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
      return {
        sessions: await removeAll({ retention: week, remove: ({ sessions }, time, limit) => sessions.removeOver(time, limit) }),
        oneTimeTokens: await removeAll({
          retention: 0,
          remove: ({ oneTimeTokens }, time, limit) => oneTimeTokens.removeExpired(time, limit),
        }),
        auditEvents: await removeAll({
          retention: auditTtl,
          remove: ({ auditEvents }, time, limit) => auditEvents.removeBefore(time, limit),
        }),
      };
    },
  };
}
