// The table sent_mails. Each purpose and address (without regard to case) has the time of its last
// mail, and how many mails were sent since a day began.

import type { Knex } from 'knex';

export interface SentMailsRow {
  readonly purpose: string;
  readonly email: string;
  /** When the last mail was sent. */
  readonly sentAt: Date;
  /** When the first of `sentInDay` mails was sent. */
  readonly dayBeganAt: Date;
  readonly sentInDay: number;
}

export interface SentMails {
  find(purpose: string, email: string): Promise<SentMailsRow | undefined>;
  /** Inserts or replaces the row of this purpose and address. */
  put(row: SentMailsRow): Promise<void>;
  /**
   * Removes at most `limit` rows whose last mail was sent before `time`.
   * @returns how many were removed
   */
  removeBefore(time: Date, limit: number): Promise<number>;
}

const columns = {
  purpose: 'purpose',
  email: 'email',
  sentAt: 'sent_at',
  dayBeganAt: 'day_began_at',
  sentInDay: 'sent_in_day',
};

export function createSentMails(db: Knex): SentMails {
  return {
    find(purpose, email) {
      return db('sent_mails')
        .where({ purpose })
        .whereRaw('lower(email collate "C") = lower(? collate "C")', [email])
        .first<SentMailsRow | undefined>(columns);
    },
    async put({ purpose, email, sentAt, dayBeganAt, sentInDay }) {
      await db.raw(
        `insert into sent_mails (purpose, email, sent_at, day_began_at, sent_in_day)
         values (?, ?, ?, ?, ?)
         on conflict (purpose, lower(email collate "C")) do update
         set sent_at = excluded.sent_at, day_began_at = excluded.day_began_at,
           sent_in_day = excluded.sent_in_day`,
        [purpose, email, sentAt, dayBeganAt, sentInDay],
      );
    },
    removeBefore(time, limit) {
      const old = db('sent_mails')
        .where('sent_at', '<', time)
        .limit(limit)
        .forUpdate()
        .skipLocked();
      return db('sent_mails')
        .whereIn(['purpose', 'email'], old.select('purpose', 'email'))
        .delete();
    },
  };
}
