// All repositories on one connection pool, or on one transaction. Inside a transaction the callback
// gets repositories that are built on the transaction itself, so it cannot use the pool by mistake.

import type { Knex } from 'knex';
import { refuseReadOnly } from './knex.ts';
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
   * Commits all of `work` or nothing. Then waits until this node has received the notifications of
   * its own changes to callers. `changesCallers` may return false to save that round trip.
   */
  transaction<Result>(
    work: (repositories: Repositories) => Promise<Result>,
    changesCallers?: (result: Result) => boolean,
  ): Promise<Result>;
  /**
   * Inside a transaction: takes the lock of that name until the transaction ends.
   * @returns false when another transaction has the lock
   */
  tryLock(name: string): Promise<boolean>;
  /**
   * Checks that the database answers and accepts changes.
   * @throws ReadOnlyError, or the driver's error
   */
  ping(): Promise<void>;
}

/**
 * `catchUp` runs after each committed change to callers. The change is reported as done only when
 * it has settled.
 */
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
      // These are also called outside transactions.
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
      await refuseReadOnly(async (sql) => (await db.raw<{ rows: { state: string }[] }>(sql)).rows);
    },
  };
}
