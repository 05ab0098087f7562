// All repositories on one connection pool, or on one transaction: inside a transaction nobody can use the pool by mistake, since the
// repositories that the callback gets are built on the transaction itself.

import type { Knex } from 'knex';
import { createAuditEvents, type AuditEvents } from './tables/audit-events.ts';
import { createMailRequests, type MailRequests } from './tables/mail-requests.ts';
import { createOneTimeTokens, type OneTimeTokens } from './tables/one-time-tokens.ts';
import { createSentMails, type SentMails } from './tables/sent-mails.ts';
import { createSessions, type Sessions } from './tables/sessions.ts';
import { createUserList, type UserList } from './tables/user-list.ts';
import { createUsers, type Users } from './tables/users.ts';

export interface Repositories {
  readonly auditEvents: AuditEvents;
  readonly mailRequests: MailRequests;
  readonly oneTimeTokens: OneTimeTokens;
  readonly sentMails: SentMails;
  readonly sessions: Sessions;
  readonly userList: UserList;
  readonly users: Users;
  /**
   * All of `work` or nothing. Once it is done, this node knows of what it changed of callers; `changesCallers` may deny that it did, which spares a
   * round trip.
   */
  transaction<Result>(
    work: (repositories: Repositories) => Promise<Result>,
    changesCallers?: (result: Result) => boolean,
  ): Promise<Result>;
  /** Inside a transaction: takes the lock of that name until its end, unless somebody has it. */
  tryLock(name: string): Promise<boolean>;
  /** Asks the database for a sign of life. */
  ping(): Promise<void>;
}

/** `catchUp`: what is to be waited for after each change of callers that is committed, before anybody is told that it was done. */
export function createRepositories(
  db: Knex,
  catchUp: () => Promise<void> = () => Promise.resolve(),
): Repositories {
  const sessions = createSessions(db);
  const afterwards = async <Result>(change: Promise<Result>): Promise<Result> => {
    const result = await change;
    await catchUp();
    return result;
  };
  return {
    auditEvents: createAuditEvents(db),
    mailRequests: createMailRequests(db),
    oneTimeTokens: createOneTimeTokens(db),
    sentMails: createSentMails(db),
    sessions: {
      ...sessions,
      // Those that are called outside of transactions, too.
      end: (...session) => afterwards(sessions.end(...session)),
      endAllAs: (...user) => afterwards(sessions.endAllAs(...user)),
    },
    userList: createUserList(db),
    users: createUsers(db),
    async transaction(work, changesCallers = () => true) {
      const result = await db.transaction((transaction) => work(createRepositories(transaction)));
      if (changesCallers(result)) await catchUp();
      return result;
    },
    async tryLock(name) {
      const { rows } = await db.raw<{ rows: { locked: boolean }[] }>(
        'select pg_try_advisory_xact_lock(hashtext(?)) as locked',
        [`rolegate ${name}`],
      );
      return rows[0]?.locked === true;
    },
    async ping() {
      await db.raw('select 1');
    },
  };
}
