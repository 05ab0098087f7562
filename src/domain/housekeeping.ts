// Removes stale rows:
// - sessions that ended or expired a week ago (until then, their refresh tokens are distinguished
//   from forged ones);
// - expired one-time tokens;
// - audit events older than `auditTtl`;
// - addresses that a mail was last sent to more than a day ago;
// - mail requests that no node sends any more. Without this, a service that lost its mail server
//   would keep the addresses for ever.
//
// Any node may run it at any time. The database lets one node run at a time; the others do nothing.
// A row that another transaction has locked is left for the next run. Waiting for it with other
// rows locked could cause a deadlock.

import type { Repositories } from '../db/repositories.ts';
import { throttleMemory } from './mailing/mail-throttle.ts';

/** Removes up to `limit` rows that were stale before `time`, and returns how many. */
type Remove = (repositories: Repositories, time: Date, limit: number) => Promise<number>;

const week = 7 * 86_400;
/** Rows in one transaction. It is small, so that other transactions do not wait long. */
const batch = 1_000;

/**
 * Seconds after the link of a mail would have expired, until the outbox has surely given the row
 * up: its longest pause, and a margin.
 */
const outboxMargin = 7_200;

/** Number of removed rows of each kind. */
export type Removed = Record<
  'sessions' | 'oneTimeTokens' | 'auditEvents' | 'mailRequests' | 'sentMails',
  number
>;

export interface Housekeeping {
  /** Removes the stale rows and returns how many. All are 0 while another node runs it. */
  run(): Promise<Removed>;
}

interface HousekeepingParts {
  readonly repositories: Repositories;
  /** Seconds that audit events are kept. */
  readonly auditTtl: number;
  /** The longest time that a link in a mail is valid, in seconds. */
  readonly linkTtl: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createHousekeeping({
  repositories,
  auditTtl,
  linkTtl,
  now,
}: HousekeepingParts): Housekeeping {
  async function removeAll(retention: number, remove: Remove): Promise<number> {
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
        sessions: await removeAll(week, ({ sessions }, ...which) => sessions.removeOver(...which)),
        oneTimeTokens: await removeAll(0, ({ oneTimeTokens }, ...which) =>
          oneTimeTokens.removeExpired(...which),
        ),
        auditEvents: await removeAll(auditTtl, ({ auditEvents }, ...which) =>
          auditEvents.removeBefore(...which),
        ),
        mailRequests: await removeAll(linkTtl + outboxMargin, ({ mailRequests }, ...which) =>
          mailRequests.removeBefore(...which),
        ),
        sentMails: await removeAll(throttleMemory, ({ sentMails }, ...which) =>
          sentMails.removeBefore(...which),
        ),
      };
    },
  };
}
