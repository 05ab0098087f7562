// The table mail_requests: mails to send, at most one row for each purpose and address. The
// addresses are as the client typed them. Nothing here reveals whether a user has such an address.

import type { Knex } from 'knex';

export interface MailRequestRow {
  readonly id: number;
  readonly purpose: string;
  readonly email: string;
  readonly requestId: string;
  readonly requestedAt: Date;
  /** How many attempts to send a mail for this row were made. */
  readonly attempts: number;
}

export interface MailRequests {
  /**
   * Adds a row that is due at once. If a row for this purpose and address waits already, only its
   * request id changes. That change is a write as well, so the time it takes does not reveal
   * whether a row waits or was dropped because the address is unknown.
   */
  add(
    request: Pick<MailRequestRow, 'purpose' | 'email' | 'requestId' | 'requestedAt'>,
  ): Promise<void>;
  /**
   * Of the rows with these purposes, locks the one that is due longest until the transaction ends.
   * Skips rows that others have locked.
   */
  lockDue(purposes: readonly string[], now: Date): Promise<MailRequestRow | undefined>;
  /**
   * Removes all due rows with this purpose that have no recipient: no enabled user has the address,
   * or, to verify it, the user has verified it. Skips rows that others have locked.
   */
  removeWithoutRecipient(purpose: string, now: Date): Promise<void>;
  postpone(id: number, attempts: number, dueAt: Date): Promise<void>;
  remove(id: number): Promise<void>;
  /**
   * Removes at most `limit` rows that were requested before `time`.
   * @returns how many were removed
   */
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
        `insert into mail_requests (purpose, email, request_id, requested_at, due_at)
         values (?, ?, ?, ?, ?) ${whereWaiting}`,
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
    async removeWithoutRecipient(purpose, now) {
      await db.raw(
        `delete from mail_requests where id in (
           select id from mail_requests where purpose = :purpose and due_at <= :now
             and not exists (
               select from users
               where lower(users.email collate "C") = lower(mail_requests.email collate "C")
                 and disabled_at is null
                 and (:purpose::text <> 'email_verification' or email_verified_at is null))
           for update skip locked)`,
        { purpose, now },
      );
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
