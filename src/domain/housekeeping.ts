// Removes what is over: sessions that ended or expired a week ago (until then their refresh tokens are still told apart from forged ones),
// one-time tokens that have expired, audit events that are older than they are to be kept, where mails went a day ago, and requests for mails
// that nobody sends: a service that has lost its mail server would keep their addresses for ever. Any node may do it at any time: the database
// lets one at a time, and the others have nothing to do. A row that somebody has locked is left for the next time: waiting for it, with others
// locked, could be a deadlock.

import type { Repositories } from '../db/repositories.ts';
import { throttleMemory } from './mailing/mail-throttle.ts';

/** Removes up to `limit` rows that were over before `time`, and tells how many. */
type Remove = (repositories: Repositories, time: Date, limit: number) => Promise<number>;

const week = 7 * 86_400;
/** Rows a round: a round is short, and keeps nobody waiting. */
const batch = 1_000;

/** Seconds after which the outbox has given a row up, once its link would be over: its longest pause, and time to spare. */
const outboxMargin = 7_200;

/** How many rows of each kind. */
export type Removed = Record<
  'sessions' | 'oneTimeTokens' | 'auditEvents' | 'mailRequests' | 'sentMails',
  number
>;

export interface Housekeeping {
  /** Removes what is over and tells how many rows that were; 0 as well when another node is at it. */
  run(): Promise<Removed>;
}

interface HousekeepingParts {
  readonly repositories: Repositories;
  /** Seconds that audit events are kept. */
  readonly auditTtl: number;
  /** Seconds that the link of a mail is good for at most. */
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
