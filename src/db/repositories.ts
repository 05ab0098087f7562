// All repositories on one connection pool, or on one transaction: inside a transaction nobody can use the pool by mistake, since the
// repositories that the callback gets are built on the transaction itself.

import type { Knex } from 'knex';
import { createAuditEvents, type AuditEvents } from './audit-events.ts';
import { createMailRequests, type MailRequests } from './mail-requests.ts';
import { createOneTimeTokens, type OneTimeTokens } from './one-time-tokens.ts';
import { createSentMails, type SentMails } from './sent-mails.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createUserList, type UserList } from './user-list.ts';
import { createUsers, type Users } from './users.ts';

export interface Repositories {
  readonly auditEvents: AuditEvents;
  readonly mailRequests: MailRequests;
  readonly oneTimeTokens: OneTimeTokens;
  readonly sentMails: SentMails;
  readonly sessions: Sessions;
  readonly userList: UserList;
  readonly users: Users;
  transaction<Result>(work: (repositories: Repositories) => Promise<Result>): Promise<Result>;
  /** Inside a transaction: takes the lock of that name until its end, unless somebody has it. */
  tryLock(name: string): Promise<boolean>;
  /** Asks the database for a sign of life. */
  ping(): Promise<void>;
}

export function createRepositories(db: Knex): Repositories {
  return {
    auditEvents: createAuditEvents(db),
    mailRequests: createMailRequests(db),
    oneTimeTokens: createOneTimeTokens(db),
    sentMails: createSentMails(db),
    sessions: createSessions(db),
    userList: createUserList(db),
    users: createUsers(db),
    transaction: (work) => db.transaction((transaction) => work(createRepositories(transaction))),
    async tryLock(name) {
      const { rows } = await db.raw<{ rows: { locked: boolean }[] }>('select pg_try_advisory_xact_lock(hashtext(?)) as locked', [
        `rolegate ${name}`,
      ]);
      return rows[0]?.locked === true;
    },
    async ping() {
      await db.raw('select 1');
    },
  };
}
