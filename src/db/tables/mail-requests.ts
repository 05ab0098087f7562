// The table mail_requests: the mails that are still to be sent, one row at most for each purpose and address. The addresses are as
// somebody typed them; nothing here says whether a user has them.

import type { Knex } from 'knex';

export interface MailRequestRow {
  readonly id: number;
  readonly purpose: string;
  readonly email: string;
  readonly requestId: string;
  readonly requestedAt: Date;
  /** How often a mail was tried for this row. */
  readonly attempts: number;
}

export interface MailRequests {
  /**
   * Adds a row that is due at once. One that waits for this purpose and address stays as it is, but for the request's id: that writes, too,
   * so that by the time it takes nobody can tell a row that is still there from one that was found to be of no use.
   */
  add(
    request: Pick<MailRequestRow, 'purpose' | 'email' | 'requestId' | 'requestedAt'>,
  ): Promise<void>;
  /** Of rows with these purposes the one that is due longest, kept from others until the transaction ends; what others keep is passed over. */
  lockDue(purposes: readonly string[], now: Date): Promise<MailRequestRow | undefined>;
  postpone(id: number, attempts: number, dueAt: Date): Promise<void>;
  remove(id: number): Promise<void>;
  /** Removes up to `limit` rows that were asked for before `time`, and tells how many. */
  removeBefore(time: Date, limit: number): Promise<number>;
}

/** The end of an insert: see `add`. */
export const whereWaiting =
  'on conflict (purpose, lower(email collate "C")) do update set request_id = excluded.request_id';

const columns = {
  id: 'id',
  purpose: 'purpose',
  email: 'email',
  requestId: 'request_id',
  requestedAt: 'requested_at',
  attempts: 'attempts',
};

export function createMailRequests(db: Knex): MailRequests {
  return {
    async add({ purpose, email, requestId, requestedAt }) {
      await db.raw(
        `insert into mail_requests (purpose, email, request_id, requested_at, due_at) values (?, ?, ?, ?, ?) ${whereWaiting}`,
        [purpose, email, requestId, requestedAt, requestedAt],
      );
    },
    lockDue(purposes, now) {
      return db('mail_requests')
        .whereIn('purpose', purposes)
        .where('due_at', '<=', now)
        .orderBy(['due_at', 'id'])
        .forUpdate()
        .skipLocked()
        .first<MailRequestRow | undefined>(columns);
    },
    async postpone(id, attempts, dueAt) {
      await db('mail_requests').where({ id }).update({ attempts, due_at: dueAt });
    },
    async remove(id) {
      await db('mail_requests').where({ id }).delete();
    },
    removeBefore(time, limit) {
      const old = db('mail_requests')
        .where('requested_at', '<', time)
        .limit(limit)
        .forUpdate()
        .skipLocked();
      return db('mail_requests').whereIn('id', old.select('id')).delete();
    },
  };
}
